import { describe, expect, test } from '@jest/globals';
import { eventOf, SIZE, useDrawing } from './use-drawing';

const { page, show } = useDrawing();

describe('differences', () => {
  const box = (id: string, name: string, bbox: number[], more: object = {}) => ({
    id,
    name,
    kind: 'bbox',
    bbox,
    classifications: [],
    ...more,
  });
  const before = eventOf(
    [
      box('1', 'car', [10, 10, 20, 20]),
      box('2', 'tree', [50, 50, 10, 10]),
      box('3', 'same', [0, 0, 5, 5]),
    ],
    SIZE,
  );
  const after = eventOf(
    [
      box('1', 'car', [12, 10, 30, 20]),
      box('3', 'same', [0, 0, 5, 5]),
      box('4', 'dog', [80, 20, 9, 9]),
    ],
    { ...SIZE, label: { skipped: true } },
  );

  test('in words, and in one drawing', async () => {
    await show('DifferenceView', { before, after, pictures: false });
    expect(await page().locator('.changes li').allTextContents()).toEqual([
      'car moved from 10, 10 to 12, 10, resized from 20 × 20 to 30 × 20',
      'dog was added: box 9 × 9 at 80, 20',
      'tree was removed: box 10 × 10 at 50, 50',
      'The label is skipped',
    ]);
    const drawn = await page().evaluate(() =>
      [...document.querySelectorAll<SVGPathElement>('path.line')].map((path) => {
        const { x, y, width, height } = path.getBBox();
        const status = ['added', 'removed', 'before', 'after', 'same'].find((each) =>
          path.classList.contains(each),
        );
        return `${status} ${[x, y, width, height]} ${getComputedStyle(path).strokeDasharray}`;
      }),
    );
    expect(drawn.sort()).toEqual([
      'added 80,20,9,9 none',
      'after 12,10,30,20 none',
      'before 10,10,20,20 1px, 6px',
      'removed 50,50,10,10 10px, 6px',
      'same 0,0,5,5 none',
    ]);
    expect(await page().locator('.tag').allTextContents()).toEqual(
      expect.arrayContaining(['+ dog', '− tree', '~ car']),
    );
  });

  test('two versions that are the same say so', async () => {
    await show('DifferenceView', { before, after: before, pictures: false });
    expect(await page().locator('.difference-view').textContent()).toContain('Nothing changed.');
  });
});

test('a thumbnail has the shapes of the first picture, and a name for screen readers', async () => {
  const event = eventOf([{ kind: 'bbox', name: 'cat', bbox: [10, 20, 30, 40] }], SIZE);
  await show('Thumbnail', { event, pictures: false });
  const found = await page()
    .getByRole('img', { name: '1 annotation, cat' })
    .evaluate((element) => {
      const path = element.querySelector('path.line') as SVGPathElement;
      const { x, y, width, height } = path.getBBox();
      return [x, y, width, height];
    });
  expect(found).toEqual([10, 20, 30, 40]);
});
