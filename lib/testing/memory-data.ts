import { createHash } from 'node:crypto';
import type { DataStore } from '../consume/ports';
import type { ClaimCheck } from '../events/types';

/**
 * A bucket in memory.
 *
 * @example
 * ```ts
 * import { type MemoryData, memoryData } from 'labelrelay/testing';
 *
 * const data: MemoryData = memoryData();
 * console.log(data.put({ platform: 'labelbox' }).dataref.startsWith('s3://bucket/')); // true
 * ```
 */
export interface MemoryData extends DataStore {
  /** Keeps data. @returns the members that stand in an event in the place of `data` */
  put(data: unknown): ClaimCheck;
}

/**
 * A bucket in memory. `put` stores data, and returns the claim check for an event.
 *
 * @param bucket the name of the bucket
 *
 * @example
 * ```ts
 * import { buildEvent, memoryData, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder } from 'labelrelay/worker';
 *
 * const data = memoryData();
 * const worker = createWorker(
 *   { 'label.created': ({ data }) => console.log(data.labels?.length) },
 *   { guard: inOrder(memoryMarks()), data },
 * );
 * const { data: _, ...event } = buildEvent('label.created');
 * const claimCheck = data.put({ platform: 'labelbox', labels: [{ id: 'a' }] });
 * console.log(await worker(JSON.stringify({ ...event, ...claimCheck }))); // 1 done
 * ```
 */
export function memoryData(bucket = 'bucket'): MemoryData {
  const objects = new Map<string, Uint8Array>();
  return {
    bucket,
    get: async (key) => objects.get(key),
    put(data) {
      const bytes = Buffer.from(JSON.stringify(data));
      const digest = createHash('sha256').update(bytes).digest('hex');
      objects.set(`data/${digest}`, bytes);
      return { dataref: `s3://${bucket}/data/${digest}`, datadigest: `sha256:${digest}` };
    },
  };
}
