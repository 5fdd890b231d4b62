import { expect, test } from '@jest/globals';
import type { Piece } from '../../../lib/json/long/placeholder';
import { fill, type Taker } from '../../../lib/json/long/write/fill';

const placeholder = (number: number) => ({ number, isObject: false, path: [], isInText: false });

/** A body with two long lists, `[1,2]` and `[3]`. */
async function* body(): AsyncGenerator<Piece> {
  yield { placeholder: placeholder(0), text: '1' };
  yield { placeholder: placeholder(0), text: '2' };
  yield { placeholder: placeholder(0) };
  yield { placeholder: placeholder(1), text: '3' };
  yield { placeholder: placeholder(1) };
}

/** Wants the items of one list so many times. */
class CountingTaker implements Taker {
  readonly taken: unknown[] = [];
  ends = 0;
  readonly placeholders: ReadonlySet<number>;

  constructor(
    private readonly wanted: number,
    private readonly times = 1,
  ) {
    this.placeholders = new Set([wanted]);
  }

  get isFilled(): boolean {
    return this.ends === this.times;
  }

  expects(number: number): boolean {
    return number === this.wanted && !this.isFilled;
  }

  async write(number: number, { items }: { readonly items: unknown[] }): Promise<void> {
    expect(number).toBe(this.wanted);
    this.taken.push(...items);
  }

  async endOf(number: number): Promise<void> {
    expect(number).toBe(this.wanted);
    this.ends++;
  }
}

async function readsOf(takers: readonly Taker[]): Promise<number> {
  let reads = 0;
  await fill(
    takers,
    async () => {
      reads++;
      return body();
    },
    (json) => json,
  );
  return reads;
}

test('each taker gets the items that it expects, in one read', async () => {
  const takers = [new CountingTaker(0), new CountingTaker(1), new CountingTaker(0)];
  expect(await readsOf(takers)).toBe(1);
  expect(takers.map(({ taken }) => taken)).toEqual([[1, 2], [3], [1, 2]]);
});

test('nothing is read for takers that need nothing', async () => {
  expect(await readsOf([])).toBe(0);
  expect(await readsOf([new CountingTaker(0, 0)])).toBe(0);
});

test('a taker that is filled gets nothing more in later reads', async () => {
  const takers = [new CountingTaker(0), new CountingTaker(0, 2)];
  expect(await readsOf(takers)).toBe(2);
  expect(takers.map(({ taken }) => taken)).toEqual([
    [1, 2],
    [1, 2, 1, 2],
  ]);
});

/** Wants a list of its own, and then the last one. */
class LateTaker implements Taker {
  readonly #left: number[];
  readonly placeholders: ReadonlySet<number>;

  constructor(own: number, last: number) {
    this.#left = [own, last];
    this.placeholders = new Set(this.#left);
  }

  get isFilled(): boolean {
    return this.#left.length === 0;
  }

  expects(number: number): boolean {
    return this.#left[0] === number;
  }

  async write(): Promise<void> {}

  async endOf(): Promise<void> {
    this.#left.shift();
  }
}

test.each([
  [4, 1],
  // The fifth begins when the first four are filled: in the second read.
  [5, 2],
  [9, 3],
])('of %d takers, four are begun at once: %d reads', async (count, expected) => {
  async function* lists(): AsyncGenerator<Piece> {
    for (let number = 0; number <= count; number++) {
      yield { placeholder: placeholder(number), text: '1' };
      yield { placeholder: placeholder(number) };
    }
  }
  let reads = 0;
  const read = async () => {
    reads++;
    return lists();
  };
  const takers = Array.from({ length: count }, (_, own) => new LateTaker(own, count));
  await fill(takers, read, (json) => json);
  expect(reads).toBe(expected);
});

test('a body is read 64 times, and not once more', async () => {
  expect(await readsOf([new CountingTaker(0, 64)])).toBe(64);
  await expect(readsOf([new CountingTaker(0, 65)])).rejects.toMatchObject({
    code: 'not-streamable',
    message: expect.stringContaining('expected at most 64 reads of the body, got more'),
  });
});

test('a comma before a list of another placeholder is none of its own', async () => {
  const taker = new CountingTaker(1);
  async function* empty(): AsyncGenerator<Piece> {
    yield { placeholder: placeholder(0), text: '' };
    yield { placeholder: placeholder(0) };
    yield { placeholder: placeholder(1), text: '3' };
    yield { placeholder: placeholder(1) };
  }
  const all = new CountingTaker(0);
  await fill(
    [taker, all],
    async () => empty(),
    (json) => json,
  );
  expect(taker.taken).toEqual([3]);
});

test('items that nobody expects are not parsed', async () => {
  const taker = new CountingTaker(1);
  async function* invalid(): AsyncGenerator<Piece> {
    yield { placeholder: placeholder(0), text: 'no JSON' };
    yield { placeholder: placeholder(0) };
    yield { placeholder: placeholder(1), text: '3' };
    yield { placeholder: placeholder(1) };
  }
  await fill(
    [taker],
    async () => invalid(),
    (json) => json,
  );
  expect(taker.taken).toEqual([3]);
});
