/** For the tests of workers, as `labelrelay/testing`. */
export { memoryMarks } from './consume/memory-marks';
export { memoryValues } from './consume/memory-values';
export { buildEvent } from './testing/build-event';
export { memoryData } from './testing/memory-data';
export { memoryQueue } from './testing/memory-queue';
export { type SignedDelivery, signDelivery } from './testing/sign-delivery';
