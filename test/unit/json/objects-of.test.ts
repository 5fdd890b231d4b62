import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { objectsOf } from '../../../lib/json/objects-of';

async function read(text: string, size = 3): Promise<unknown[]> {
  async function* chunks() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const found: unknown[] = [];
  for await (const each of objectsOf(chunks())) found.push(JSON.parse(each));
  return found;
}

test('objects in lines and in a list come whole, wherever chunks end', async () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
  const objects = fc.array(object, { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(objects, fc.integer({ min: 1, max: 50 }), async (values, size) => {
      const expected = JSON.parse(JSON.stringify(values));
      const lines = values.map((value) => `${JSON.stringify(value)}\n`).join('');
      expect(await read(lines, size)).toEqual(expected);
      expect(await read(JSON.stringify(values, undefined, 1), size)).toEqual(expected);
    }),
  );
});

test.each([
  ['a byte order mark', '\ufeff{"a":1}'],
  ['empty lines', '\n\n{"a":1}\n\n'],
  ['spaces around a list', ' [ {"a":1} ] '],
])('%s is skipped', async (_, text) => {
  expect(await read(text)).toEqual([{ a: 1 }]);
});

test.each([
  ['a value that is no object', '{"a":1}\n7', 1],
  ['an object that is cut off', '{"a":1}\n{"a":', 1],
  ['a list that is cut off', '[{"a":1},{"a":2},', 2],
  ['a list in a list', '[[{"a":1}]]', 0],
  ['something behind a list', '[{"a":1}] x', 1],
  ['a list behind an object', '{"a":1}[]', 1],
  ['a list behind an empty one', '[][]', 0],
  ['a list behind another', '[{"a":1}][]', 1],
  ['the end of a list that was not begun', '{"a":1}]', 1],
  ['a page', '<html>', 0],
])('%s is an error', async (_, text, count) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'undecodable',
    message: `expected NDJSON or a JSON list of whole objects, got something else behind ${count} objects`,
  });
});
