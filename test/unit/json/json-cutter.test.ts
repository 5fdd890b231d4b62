import { expect, test } from '@jest/globals';
import { JsonCutter } from '../../../lib/json/long/cut/json-cutter';
import { LONG_LIMITS, type LongLimits, type Piece } from '../../../lib/json/long/placeholder';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';

const LIMITS: LongLimits = { ...LONG_LIMITS, inlineLength: 4, restLength: 1_000, itemLength: 50 };
const shape = labelbox.largeShape;
if (!shape) throw new Error('expected a shape');

/** Cut from text that comes in pieces of so many characters. */
function cut(text: string, length: number) {
  const cutter = new JsonCutter(shape as NonNullable<typeof shape>, LIMITS);
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at += length) {
    pieces.push(...cutter.push(text.slice(at, at + length)));
  }
  cutter.finish();
  const items = pieces.map((piece) => piece.text).filter((piece) => piece !== undefined);
  return { rest: cutter.rest, depth: cutter.depth, items: items.join(',') };
}

const objects = '{"a":"]\\",[{"},[1,[2]], "x\\\\" ,null';
const v2 = `{"projects":{"p":{"labels":[{"annotations":{"objects":[${objects}],"n":[]}}]}}}`;

test.each([1, 2, 3, 7, 1_000])(
  'in pieces of %d: items between commas, the rest with a mark',
  (length) => {
    const { rest, items, depth } = cut(v2, length);
    expect(items).toBe(objects);
    expect(rest.replace(/"[0-9a-f-]{36}:0"/, 'MARK')).toBe(v2.replace(objects, 'MARK'));
    // {projects {p {labels [ {annotations {objects [ [ [2] ] ] }}}}: seven, and the two of [1,[2]].
    expect(depth).toBe(9);
  },
);

test.each([1, 2, 3, 7, 1_000])('in pieces of %d: JSON that is text is read as JSON', (length) => {
  const text = `{"label":${JSON.stringify(`{"objects":[${objects}],"é":"\u2028"}`)},"z":1}`;
  const { rest, items } = cut(text, length);
  expect(items).toBe(objects);
  expect(JSON.parse(JSON.parse(rest).label).objects).toHaveLength(1);
  expect(JSON.parse(JSON.parse(rest).label).é).toBe('\u2028');
});

test('short lists stay', () => {
  const text = '{"dataRowIds":[1,2],"action":"x"}';
  expect(cut(text, 5)).toEqual({ rest: text, depth: 2, items: '' });
});

test.each([
  ['an item', `{"dataRowIds":["${'x'.repeat(60)}`],
  ['what is no list', `{"note":"${'x'.repeat(2_000)}`],
])('%s that is too long is not held in memory', (_, text) => {
  expect(() => cut(text, 100)).toThrow(expect.objectContaining({ code: 'not-streamable' }));
});
