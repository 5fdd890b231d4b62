import { expect, test } from '@jest/globals';
import { readPieces } from '../../../lib/json/long/cut/read-pieces';
import { LONG_LIMITS } from '../../../lib/json/long/placeholder';

const SHAPE = {
  isLongList: () => true,
  isLongObject: () => false,
  isJsonText: () => false,
};

/** The texts of the pieces of a body that comes byte by byte. */
async function read(body: Buffer, shape?: typeof SHAPE): Promise<(string | undefined)[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const byte of body) yield Uint8Array.of(byte);
  }
  const texts: (string | undefined)[] = [];
  for await (const { text } of readPieces(bytes(), shape, { ...LONG_LIMITS, inlineLength: 5 })) {
    texts.push(text);
  }
  return texts;
}

test('long lists of a body are read in pieces, wherever its bytes are parted', async () => {
  // `[1,2,` is long with its second comma, and what is before that is read. The last piece has no text.
  expect(await read(Buffer.from('{"a":[1,2,3,"é"]}'), SHAPE)).toEqual([
    '1,2',
    '3',
    '"é"',
    undefined,
  ]);
});

test('a body has no long lists unless its shape says so', async () => {
  expect(await read(Buffer.from('{"a":[1,2,3,"é"]}'))).toEqual([]);
});

test.each([
  ['within a character', Buffer.from('{"a":"é"}').subarray(0, 7), 'undecodable'],
  ['within a long list', Buffer.from('{"a":[1,2,3'), 'not-streamable'],
])('a body that ends %s is refused', async (_, body, code) => {
  await expect(read(body, SHAPE)).rejects.toMatchObject({ code });
});
