/** The largest share of used slots. With more, most keys would need several lookups. */
const MAX_FILLED = 0.7;
const TABLES = 64;

/** A set of keys with 11 to 23 bytes for each. It confuses one key in many millions with another. */
export class SeenKeys {
  /** A table that grows is in memory twice. So there are many, of different lengths, that do not grow at once. */
  readonly #tables = Array.from({ length: TABLES }, (_, index) => new Table(TABLES + index));
  count = 0;

  /** @returns whether the key is new */
  add(key: string): boolean {
    const hash = toHash(key);
    const isNew = this.#tables[hash % TABLES]?.add(hash) === true;
    if (isNew) this.count++;
    return isNew;
  }
}

class Table {
  #hashes: Float64Array;
  #count = 0;

  constructor(length: number) {
    this.#hashes = new Float64Array(length);
  }

  add(hash: number): boolean {
    if (this.#count >= this.#hashes.length * MAX_FILLED) this.#grow();
    const isNew = put(this.#hashes, hash);
    if (isNew) this.#count++;
    return isNew;
  }

  #grow(): void {
    const hashes = new Float64Array(this.#hashes.length * 2);
    for (const hash of this.#hashes) if (hash > 0) put(hashes, hash);
    this.#hashes = hashes;
  }
}

/** Stores a hash in the first free slot from its own on. */
function put(hashes: Float64Array, hash: number): boolean {
  let at = Math.floor(hash / TABLES) % hashes.length;
  for (; hashes[at] !== 0; at = (at + 1) % hashes.length) if (hashes[at] === hash) return false;
  hashes[at] = hash;
  return true;
}

/** Two FNV-1a hashes with different beginnings: as many bits as a number holds, and never 0. */
function toHash(key: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0) + 1;
}
