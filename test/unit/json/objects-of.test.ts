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
  ['a value that is no object', '{"a":1}\n7'],
  ['an object that is cut off', '{"a":1}\n{"a":'],
  ['a list that is cut off', '[{"a":1},'],
  ['a list in a list', '[[{"a":1}]]'],
  ['something behind a list', '[{"a":1}] x'],
  ['a page', '<html>'],
])('%s is an error', async (_, text) => {
  await expect(read(text)).rejects.toMatchObject({ code: 'undecodable' });
});
