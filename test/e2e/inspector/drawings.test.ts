import { describe, expect, test } from '@jest/globals';
import { maskPixels } from './expected-boxes';
import { lanesOf, marksOf, shapesOf } from './read-drawing';
import { eventOf, SIZE, useDrawing } from './use-drawing';

const { draw, page } = useDrawing();

describe('geometry', () => {
  test('a rotated box in percent turns in pixels, once the SIZE is known', async () => {
    const turned = { kind: 'bbox', bbox: [50, 20, 10, 40], rotation: 90, unit: 'percent' };
    await draw(eventOf([turned], SIZE));
    const [shape] = await shapesOf(page(), 0);
    // 200 x 100 pixels: the corner is at 100, 20; 20 wide and 40 high. Clockwise by 90 degrees about that corner,
    // the width points down and the height to the left.
    expect(shape?.edges.map(Math.round)).toEqual([60, 20, 100, 40]);
  });

  test('boxes in pixels and in percent of a known size are in one picture', async () => {
    const boxes = [
      { kind: 'bbox', name: 'a', bbox: [10, 20, 30, 40] },
      { kind: 'bbox', name: 'b', bbox: [10, 20, 30, 40], unit: 'percent' },
    ];
    await draw(eventOf(boxes, SIZE));
    expect(await page().locator('.stage').count()).toBe(1);
    const edges = (await shapesOf(page(), 0)).map((shape) => shape.edges);
    // Percent of 200 x 100: 20, 20, and 60 by 40.
    expect(edges.sort()).toEqual([
      [10, 20, 40, 60],
      [20, 20, 80, 60],
    ]);
  });

  test('a picture that was turned while it was labeled is named, for the drawing does not turn', async () => {
    const box = { kind: 'bbox', name: 'a', bbox: [10, 20, 30, 40] };
    await draw(
      eventOf(
        [
          { ...box, imageRotation: 90 },
          { ...box, imageRotation: 0 },
        ],
        SIZE,
      ),
    );
    const rows = await page().locator('.annotations .row').allTextContents();
    expect(rows.map((row) => row.includes('picture turned by 90° while it was labeled'))).toEqual([
      true,
      false,
    ]);
    expect(rows[1]).not.toContain('turned');
  });

  test('the pixels of a mask are where its run lengths say', async () => {
    // 4 x 3 pixels, by columns: 000 011 111 000.
    const rle = { size: [3, 4], counts: [4, 5, 3] } as const;
    await draw(eventOf([{ kind: 'mask', name: 'm', rle }], { media: { width: 4, height: 3 } }));
    const set = await page().evaluate(() => {
      const canvas = document.querySelector('canvas.stage-masks') as HTMLCanvasElement;
      const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
        0,
        0,
        4,
        3,
      );
      const alpha = [...data].filter((_, index) => index % 4 === 3);
      return alpha.flatMap((value, index) =>
        value > 0 ? [[index % 4, Math.floor(index / 4)]] : [],
      );
    });
    const expected = maskPixels(rle).filter((_, index) => index % 2 === 0);
    expect(set.map(String).sort()).toEqual(expected.map(String).sort());
    expect((await shapesOf(page(), 0))[0]?.edges).toEqual([1, 0, 3, 3]);
  });

  test('a mask of 100 megapixels does not become a canvas of that size', async () => {
    const rle = { size: [10_000, 10_000], counts: [50_000_000, 50_000_000] };
    await draw(
      eventOf([{ kind: 'mask', name: 'm', rle }], { media: { width: 10_000, height: 10_000 } }),
    );
    const canvas = await page().evaluate(() => {
      const element = document.querySelector('canvas.stage-masks') as HTMLCanvasElement;
      const at = (x: number) =>
        (element.getContext('2d') as CanvasRenderingContext2D).getImageData(x, 9, 1, 1).data[3];
      return {
        width: element.width,
        height: element.height,
        left: at(9),
        right: at(element.width - 9),
      };
    });
    expect(canvas).toEqual({ width: 2048, height: 2048, left: 0, right: 140 });
  });

  test('a polygon on a map has its holes', async () => {
    const ring = (from: number, to: number) => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
      [from, from],
    ];
    const geometry = { type: 'Polygon', coordinates: [ring(0, 9), ring(3, 6)] };
    await draw(eventOf([{ kind: 'geo', geometry }]));
    const filled = await page().evaluate(() => {
      const path = document.querySelector('path.line') as SVGPathElement;
      const { plane = '' } = (path.closest('figure') as HTMLElement).dataset;
      const [west = 0, north = 0, scale = 0] = plane.split(' ').map(Number);
      const at = (degrees: number) =>
        path.isPointInFill(new DOMPoint((degrees - west) * scale, (north - degrees) * scale));
      return [1.5, 4.5, 7.5, 10].map(at);
    });
    expect(filled).toEqual([true, false, true, false]);
  });

  test('a box in a segment moves between its key frames, and is nowhere outside', async () => {
    const keyframes = [
      { frame: 10, kind: 'bbox', bbox: [0, 0, 10, 10] },
      { frame: 20, kind: 'bbox', bbox: [100, 50, 20, 30] },
    ];
    await draw(
      eventOf([{ kind: 'video-track', name: 'a', keyframes, segments: [[10, 20]] }], SIZE),
    );
    const slider = page().locator('input[type=range]');
    const edgesAt = async (frame: number) => {
      await slider.fill(String(frame));
      return (await shapesOf(page(), 0)).map(({ edges }) => edges);
    };
    // Three tenths of the way: 30, 15, and 10 + 3 by 10 + 6.
    expect(await edgesAt(13)).toEqual([[30, 15, 43, 31]]);
    expect(await edgesAt(20)).toEqual([[100, 50, 120, 80]]);
    expect(await edgesAt(9)).toEqual([]);
    expect(await edgesAt(21)).toEqual([]);
  });
});

describe('texts', () => {
  test('spans that overlap, and spans counted in characters', async () => {
    const content = '😀 Maria lives in Lisbon';
    const span = (start: number, end: number, text?: string) => ({
      kind: 'text-span',
      start,
      end,
      text,
    });
    // In UTF-16 units the smile is two, as a character it is one.
    await draw(
      eventOf(
        [span(3, 14), span(9, 17, 'lives in'), span(18, 24, 'Lisbon'), span(17, 23, 'Lisbon')],
        { content },
      ),
    );
    const marks = await marksOf(page(), 0);
    const said = [0, 1, 2, 3].map((index) =>
      marks
        .filter(({ annotations }) => annotations.includes(index))
        .map(({ text }) => text)
        .join(''),
    );
    expect(said).toEqual(['Maria lives', 'lives in', 'Lisbon', 'Lisbon']);
  });

  test('a conversation, by message and by paragraph', async () => {
    const messages = [
      { messageId: 'm1', content: 'Hello there', user: { name: 'Ann' } },
      { messageId: 'm2', content: 'Hello you' },
    ];
    const span = { kind: 'text-span', start: 0, end: 5, messageId: 'm2' };
    await draw(eventOf([span], { content: { messages } }));
    expect(await page().locator('.message:nth-of-type(2) mark').textContent()).toBe('Hello');
    expect(await page().locator('.author').textContent()).toBe('Ann');

    const dialogue = [
      { author: 'A', text: 'first one' },
      { author: 'B', text: 'second one' },
    ];
    const path = { kind: 'text-span', startPath: '0', endPath: '1', start: 6, end: 6 };
    await draw(eventOf([path], { content: { dialogue } }));
    expect((await marksOf(page(), 0)).map(({ text }) => text)).toEqual(['one', 'second']);
  });

  test('HTML is text, and its spans count without tags', async () => {
    const content = {
      html: '<p>The <b onclick="alert(1)">ex&amp;mple</b></p><script>window.hit = 1</script> mple',
    };
    await draw(eventOf([{ kind: 'text-span', start: 4, end: 11, text: 'ex&mple' }], { content }));
    expect((await marksOf(page(), 0)).map(({ text }) => text)).toEqual(['ex&mple']);
    expect(await page().locator('.label b, .label script').count()).toBe(0);
    expect(await page().locator('.text pre').textContent()).toBe(content.html);
  });
});

test('times have one axis for each unit, and frames include their last one', async () => {
  const answer = {
    name: 'q',
    type: 'text',
    text: 'a',
    ranges: [
      [7, 13],
      [18, 19],
    ],
    unit: 'frame',
  };
  await draw(
    eventOf(
      [
        { kind: 'time-span', name: 'a', start: 1.5, end: 4, unit: 's' },
        {
          kind: 'time-span',
          name: 'b',
          start: '2026-01-01T00:00:00Z',
          end: '2026-01-02T00:00:00Z',
        },
        { kind: 'time-span', name: 'c', ranges: [[1, 2]], unit: 'frame' },
      ],
      { media: { duration: 10, frameCount: 50 }, label: { classifications: [answer] } },
    ),
  );
  const lanes = await lanesOf(page(), 0);
  const near = lanes.map(({ unit, name, bars }) => [
    unit,
    name,
    bars.map((bar) => bar.map((at) => Math.round(at * 10) / 10)),
  ]);
  const day = Date.parse('2026-01-01T00:00:00Z');
  expect(near).toEqual([
    ['s', 'a', [[1.5, 4]]],
    ['date', 'b', [[day, day + 86_400_000]]],
    ['frame', 'c', [[1, 3]]],
    [
      'frame',
      'q',
      [
        [7, 14],
        [18, 20],
      ],
    ],
  ]);
});
