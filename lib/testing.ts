/**
 * Events, streams and stores in memory for the tests of workers: `labelrelay/testing`.
 *
 * @module
 */

export { memoryMarks } from './consume/memory-marks';
export { memoryValues } from './consume/memory-values';
export { buildEvent } from './testing/build-event';
export { buildEvents } from './testing/build-events';
export { type MemoryData, memoryData } from './testing/memory-data';
export { type MemoryQueue, memoryQueue } from './testing/memory-queue';
export { shuffled } from './testing/shuffled';
export { type SignedDelivery, signDelivery } from './testing/sign-delivery';
