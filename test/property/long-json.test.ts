import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonCutter } from '../../lib/json/long/cut/json-cutter';
import { fold } from '../../lib/json/long/fold';
import { withGroupBuffers } from '../../lib/json/long/group/with-group-buffers';
import { groupBy } from '../../lib/json/long/group-by';
import { joinItems } from '../../lib/json/long/long-list';
import { LONG_LIMITS, type LongLimits, type Piece } from '../../lib/json/long/placeholder';
import { fill } from '../../lib/json/long/write/fill';
import { dataTemplate, nativeTemplate } from '../../lib/json/long/write/template';
import { TemplateWriter } from '../../lib/json/long/write/template-writer';
import { asEntryItems, asItems, asList, asObject, type JsonObject } from '../../lib/json/read';
import { MemoryOverflow } from '../support/memory-overflow';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 100);
const SHAPE = {
  isLongList: (path: readonly string[]) => path.at(-1) === 'long',
  isLongObject: (path: readonly string[]) => path.at(-1) === 'wide',
  isJsonText: (path: readonly string[]) => path.at(-1) === 'text',
};

interface Item {
  readonly id: string | null;
  readonly n: number;
  readonly say?: string;
}
interface Body {
  readonly long: Item[];
  readonly wide: Record<string, Item>;
  readonly text: string;
  readonly lists: { readonly long: Item[] }[];
  readonly more: unknown;
}

const item = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', null),
    n: fc.nat(9),
    say: fc.constantFrom('S3CRET', '"],{\\', 'é'),
  },
  { requiredKeys: ['id', 'n'] },
);
const long = fc.array(item, { maxLength: 12 });
const wide = fc.dictionary(fc.nat(99).map(String), item, { noNullPrototype: true });
const body: fc.Arbitrary<Body> = fc.record({
  more: fc.constantFrom(null, 1, 'S3CRET', ['x']),
  long,
  lists: fc.array(fc.record({ long }), { maxLength: 3 }),
  text: fc.record({ long, z: wide }).map((inner) => JSON.stringify(inner)),
  wide,
});

/** From room for everything to room for one group, and none for what comes early. */
const limits = fc.record({
  ...Object.fromEntries(
    Object.entries(LONG_LIMITS).map(([name, limit]) => [name, fc.constant(limit)]),
  ),
  inlineLength: fc.constantFrom(1, 1, 100),
  // A group has at most twelve parts of 41 characters, and a head of 44 or less.
  groupedLength: fc.constantFrom(700, 1_000_000),
  blockLength: fc.constantFrom(1, 100, 1_000_000),
  earlyLength: fc.constantFrom(0, 50, 1_000_000),
}) as fc.Arbitrary<LongLimits>;

const withoutSecret = (json: string): string => json.replaceAll('S3CRET', 'x');
const redact = (json: unknown): unknown => {
  const text = JSON.stringify(json);
  return text.includes('S3CRET') ? JSON.parse(withoutSecret(text)) : json;
};

/** The data that the engine makes of a body, whose lists may be long. */
function toData(json: JsonObject): object {
  const items = (asItems(json.long) ?? []) as ReturnType<typeof asItems> & object;
  const typed = items.map((each) => each as Item);
  const by = { key: ({ id }: Item) => id ?? undefined, head: ({ id }: Item) => id };
  const passedOn = groupBy(typed, {
    ...by,
    part: ({ n, say }) => ({ n, say }),
    isPassedOn: true,
  });
  const lists = (asList(json.lists) ?? []).map((each) => asItems(asObject(each)?.long) ?? []);
  return {
    total: fold(typed, {
      begin: () => ({ sum: 0 }),
      add(state, { n }) {
        state.sum += n;
      },
      end: (state) => (state.sum > 0 ? state : undefined),
    }),
    members: asEntryItems(json.wide)?.map(([name, value]) => ({ name, value })),
    odd: typed.filter(({ n }) => n % 2 === 1),
    twice: typed.flatMap(({ n }) => [n, n]),
    groups: groupBy(typed, { ...by, part: ({ n }) => n }),
    passedOn,
    passedOnOfB: passedOn.filter(([id]) => id === 'b'),
    named: passedOn.map(([id, parts]) => ({ id, parts })),
    joined: joinItems<unknown>(['first'], ...lists, [], ['last']),
    inner: { lists: lists.map((list) => ({ list, at: 1 })), more: json.more },
  };
}

/** The same by plain arrays. */
function expectedData({ long, wide, lists, more }: Body): unknown {
  const sum = long.reduce((before, { n }) => before + n, 0);
  const grouped = <Part>(part: (item: Item) => Part): [string | null, Part[]][] => {
    const groups: [string | null, Part[]][] = [];
    for (const each of long) {
      const known = groups.find(([id]) => id !== null && id === each.id);
      if (known) known[1].push(part(each));
      else groups.push([each.id, [part(each)]]);
    }
    return groups;
  };
  const passedOn = grouped(({ n, say }) => ({ n, say }));
  return {
    ...(sum > 0 ? { total: { sum } } : {}),
    members: Object.entries(wide).map(([name, value]) => ({ name, value })),
    odd: long.filter(({ n }) => n % 2 === 1),
    twice: long.flatMap(({ n }) => [n, n]),
    groups: grouped(({ n }) => n),
    passedOn,
    passedOnOfB: passedOn.filter(([id]) => id === 'b'),
    named: passedOn.map(([id, parts]) => ({ id, parts })),
    joined: ['first', ...lists.flatMap((list) => list.long), 'last'],
    inner: { lists: lists.map((list) => ({ list: list.long, at: 1 })), more },
  };
}

/** Cuts text that comes in pieces of so many characters. */
function cutAll(text: string, size: number, given: LongLimits): { rest: string; pieces: Piece[] } {
  const cutter = new JsonCutter(SHAPE, given);
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at += size)
    pieces.push(...cutter.push(text.slice(at, at + size)));
  cutter.finish();
  return { rest: cutter.rest, pieces };
}

async function* each(pieces: Piece[]): AsyncGenerator<Piece> {
  yield* pieces;
}

/** The data and the body itself, written while the long lists are read. */
async function writeInParts(text: string, size: number, given: LongLimits): Promise<unknown[]> {
  const { rest, pieces } = cutAll(text, size, given);
  const safe = JSON.parse(withoutSecret(rest));
  const overflow = new MemoryOverflow();
  return withGroupBuffers(given, overflow, async (toBuffer) => {
    const written: string[] = [];
    const writers = [dataTemplate(toData(safe)), nativeTemplate(safe)].map((template, index) => {
      written.push('');
      const write = async (part: string) => {
        written[index] += part;
      };
      return new TemplateWriter(template, {
        write,
        toBuffer,
        overflow,
        earlyLength: given.earlyLength,
      });
    });
    await fill(writers, async () => each(pieces), redact);
    for (const writer of writers) await writer.finish({ added: true });
    return written.map((json) => JSON.parse(json));
  });
}

test('data of long lists, written while they are read, is that of lists in memory', async () => {
  await fc.assert(
    fc.asyncProperty(
      body,
      fc.constantFrom(1, 7, 64, 100_000),
      fc.constantFrom(undefined, 1),
      limits,
      async (drawn, size, space, given) => {
        const text = JSON.stringify(drawn, undefined, space);
        const safe: Body = JSON.parse(withoutSecret(text));
        const [data, native] = await writeInParts(text, size, given);
        expect(data).toEqual({ ...JSON.parse(JSON.stringify(expectedData(safe))), added: true });
        const { text: inner, ...outer } = native as Body;
        const { text: expectedInner, ...expectedOuter } = safe;
        expect(outer).toEqual({ ...expectedOuter, added: true });
        expect(JSON.parse(inner)).toEqual(JSON.parse(expectedInner));
      },
    ),
    { numRuns: RUNS },
  );
});

/** The levels of a value. A text has none, also if it is JSON. */
const levelsOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(levelsOf))
    : 0;

type Found = Pick<Piece['placeholder'], 'path' | 'isObject' | 'isInText'>;

/** The lists and objects that are cut out: in a long place, not directly in a list, and not empty. */
function* placesIn(
  value: unknown,
  path: string[],
  isInList: boolean,
  isInText: boolean,
): Generator<Found> {
  if (typeof value === 'string' && SHAPE.isJsonText(path) && !isInText) {
    yield* placesIn(JSON.parse(value), path, false, true);
  }
  if (typeof value !== 'object' || value === null) return;
  const isObject = !Array.isArray(value);
  const isLong = isObject ? SHAPE.isLongObject(path) : SHAPE.isLongList(path);
  if (isLong && !isInList && Object.keys(value).length > 0) yield { path, isObject, isInText };
  else
    for (const [name, member] of Object.entries(value)) {
      yield* placesIn(member, isObject ? [...path, name] : path, !isObject, isInText);
    }
}

const name = fc.constantFrom('long', 'wide', 'a', '"],{\\é');
const nested = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, 1, '"]\\,[{', 'é'),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(name, tie('any'), { noNullPrototype: true }),
  ),
}));
const withText = fc
  .record({ long: nested.any, a: nested.any, text: nested.any, wide: nested.any })
  .map((value) => ({ ...value, text: JSON.stringify(value.text) }));

test('lists and objects that may be long are cut out with their paths, wherever the text is parted', () => {
  fc.assert(
    fc.property(
      withText,
      fc.constantFrom(1, 2, 5, 100_000),
      fc.constantFrom(undefined, 1),
      (value, size, space) => {
        const cutter = new JsonCutter(SHAPE, { ...LONG_LIMITS, inlineLength: 1 });
        const text = JSON.stringify(value, undefined, space);
        const pieces: Piece[] = [];
        for (let at = 0; at < text.length; at += size) {
          pieces.push(...cutter.push(text.slice(at, at + size)));
        }
        cutter.finish();
        const ends = pieces.filter((piece) => piece.text === undefined);
        expect(ends.map(({ placeholder: { number, ...place } }) => place)).toEqual([
          ...placesIn(value, [], false, false),
        ]);
        expect(ends.map(({ placeholder }) => placeholder.number)).toEqual(
          ends.map((_, index) => index),
        );
        expect(cutter.hasPlaceholders).toBe(ends.length > 0);
        expect(cutter.depth).toBe(levelsOf(value));
      },
    ),
    { numRuns: RUNS },
  );
});
