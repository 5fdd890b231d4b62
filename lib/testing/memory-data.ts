import { createHash } from 'node:crypto';
import type { DataStore } from '../consume/ports';

/** A bucket in memory. */
export interface MemoryData extends DataStore {
  /** Keeps data. @returns what stands in an event in its place */
  put(data: unknown): { dataref: string; datadigest: string };
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
