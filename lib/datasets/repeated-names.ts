import { createHash } from 'node:crypto';

export interface RepeatedNames {
  readonly hasAny: boolean;
  has(name: string): boolean;
}

/**
 * Finds the names that occur more than once. It keeps eight bytes of each name: a million names take 8 MB. Two
 * names whose bytes are the same by chance only get a longer file name.
 */
export async function repeatedNames(names: AsyncIterable<string>): Promise<RepeatedNames> {
  let digests = new BigUint64Array(1_024);
  let size = 0;
  for await (const name of names) {
    if (size === digests.length) {
      const larger = new BigUint64Array(2 * size);
      larger.set(digests);
      digests = larger;
    }
    digests[size++] = digest(name);
  }
  const sorted = digests.subarray(0, size).sort();
  const repeated = new Set<bigint>();
  for (let at = 1; at < size; at++) {
    const each = sorted[at];
    if (each !== undefined && each === sorted[at - 1]) repeated.add(each);
  }
  return { hasAny: repeated.size > 0, has: (name) => repeated.has(digest(name)) };
}

const digest = (name: string): bigint =>
  createHash('sha256').update(name).digest().readBigUInt64LE(0);
