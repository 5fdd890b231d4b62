import { expect, test } from '@jest/globals';
import { SlotText } from '../../../lib/json/long/write/slot-text';

/** The parts that are written. */
function slotText() {
  const parts: string[] = [];
  const text = new SlotText(async (part) => {
    parts.push(part);
  });
  return { parts, text };
}

test.each([
  ['[', [], ']', '[]'],
  ['[', ['1', '2'], ']', '[1,2]'],
  ['[', [], ',3]', '[3]'],
  ['[', ['1', '2'], ',3]', '[1,2,3]'],
  ['[0,', [], ']', '[0]'],
  ['[0,', ['1', '2'], ']', '[0,1,2]'],
  ['[0,', [], ',3]', '[0,3]'],
  ['[0,', ['1', '2'], ',3]', '[0,1,2,3]'],
])(
  'between %s and the items %j and %s there are the commas of JSON',
  async (before, items, after, expected) => {
    const { parts, text } = slotText();
    text.beginSlot(before);
    for (const item of items) await text.writeItems([item]);
    await text.finish(text.endSlot(after));
    expect(parts).toEqual([expected]);
  },
);

test('a slot begins without items, whatever the slot before it had', async () => {
  const { parts, text } = slotText();
  text.beginSlot('[[0,');
  await text.writeItems(['1']);
  text.beginSlot(text.endSlot('],['));
  await text.finish(text.endSlot(',2]]'));
  expect(parts).toEqual(['[[0,1],[2]]']);
});

test('items are written as soon as there are 131,072 characters', async () => {
  const { parts, text } = slotText();
  text.beginSlot('[');
  const short = 'x'.repeat(131_071);
  await text.writeItems([short.slice(1)]);
  expect(parts).toEqual([]);
  // The comma is the last character.
  await text.writeItems(['', 'y']);
  await text.finish(text.endSlot(']'));
  expect(parts).toEqual([`[${short.slice(1)},`, 'y]']);
});
