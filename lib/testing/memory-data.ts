import { createHash } from 'node:crypto';
import type { DataStore } from '../consume/ports';

/** A bucket in memory. */
export interface MemoryData extends DataStore {
  /** Keeps data. @returns what stands in an event in its place */
  put(data: unknown): { dataref: string; datadigest: string };
}

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
