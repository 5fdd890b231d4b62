import { describe, expect, test } from '@jest/globals';
import type { LabelrelayEvent } from '../../../inspector/labelrelay-event';
import { shapesOf } from './read-drawing';
import { eventOf, SIZE, useDrawing } from './use-drawing';

const { draw, page, show } = useDrawing();

describe('hostile events', () => {
  const markup = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
  const rightToLeft = '\u202Eevil\u202C שלום';
  /** The page makes a megabyte of it. */
  const long = '{megabyte}';

  test.each([
    ['markup', markup],
    ['names from right to left', rightToLeft],
    ['texts of a megabyte', long],
  ])('%s stay text', async (_, text) => {
    const answer = { name: text, type: 'text', text, answers: [{ name: text }] };
    const common = { name: text, id: text, messageId: text, unit: text, classifications: [answer] };
    const kinds = [
      { kind: 'bbox', bbox: [0, 0, 9, 9] },
      { kind: 'text-span', start: 0, end: 3, text },
      { kind: 'time-span', start: 1, end: 2 },
      { kind: 'geo', geometry: { type: 'Point', coordinates: [1, 2] } },
      {
        kind: 'video-track',
        keyframes: [{ frame: 1, kind: 'bbox', bbox: [0, 0, 9, 9], group: text }],
      },
      { kind: 'document-box', page: 1, bbox: [0, 0, 9, 9] },
      { kind: 'other', native: text },
      { kind: text },
    ].map((kind) => ({ ...common, ...kind }));
    const label = {
      id: text,
      classifications: [answer],
      relationships: [{ from: text, to: text, labels: [text] }],
      other: { [text]: text },
      createdBy: { email: text },
    };
    const event = eventOf(kinds, { content: { html: text, text }, label, project: { name: text } });
    expect(await draw(event, true)).toBeLessThan(2_000);
    await page().locator('.row').first().waitFor();
    expect(await page().evaluate(() => 'hit' in window)).toBe(false);
    expect(await page().locator('.event-view script, .event-view img').count()).toBe(0);
    const { data } = event as { data: object };
    const changed = { data: { ...data, labels: [{ ...label, annotations: [] }] } };
    await show('DifferenceView', { before: event, after: changed, pictures: true });
    await show('Thumbnail', { event, pictures: true });
    expect(await page().evaluate(() => 'hit' in window)).toBe(false);
    expect(await page().locator('script').count()).toBeLessThan(3);
  });

  test('numbers that are none, negative or huge break nothing, and what is sound beside them is drawn', async () => {
    const odd: unknown[] = [null, -1, -1e308, 1e308, 1e12, 'x', {}, [], true, 0];
    const values = odd.flatMap((value) => [
      { kind: 'bbox', bbox: [value, 1, 2, 3] },
      { kind: 'bbox', bbox: [1, 1, value, value], rotation: value },
      { kind: 'bbox', bbox: value },
      {
        kind: 'polygon',
        points: [
          [value, 1],
          [2, 3],
        ],
      },
      { kind: 'polyline', points: value },
      { kind: 'point', point: [value, value] },
      { kind: 'ellipse', center: [1, value], radii: [value, 2], rotation: value },
      { kind: 'mask', rle: { size: [value, value], counts: [value] } },
      { kind: 'mask', rle: value, uri: value },
      { kind: 'text-span', start: value, end: value, text: value, parts: value },
      { kind: 'time-span', start: value, end: value, ranges: value, unit: value },
      { kind: 'video-track', keyframes: value, segments: value },
      {
        kind: 'video-track',
        keyframes: [{ frame: value, kind: 'bbox', bbox: [value, 0, 1, 1] }],
        segments: [value],
      },
      { kind: 'document-box', page: value, bbox: value, boxes: value },
      { kind: 'geo', geometry: value },
      { kind: 'geo', geometry: { type: 'Polygon', coordinates: [[[value, value]], value] } },
      { kind: value, name: value, names: value, classifications: value },
      value as object,
    ]);
    const sound = { kind: 'bbox', name: 'sound', bbox: [10, 20, 30, 40] };
    for (const label of [{}, { classifications: odd, relationships: odd, createdBy: 1 }]) {
      await draw(eventOf([...values, sound], { ...SIZE, label }), true);
      const shapes = await shapesOf(page(), 0);
      expect(shapes.find(({ annotation }) => annotation === values.length)?.edges).toEqual([
        10, 20, 40, 60,
      ]);
    }
    for (const value of odd) {
      const event = { data: value } as LabelrelayEvent;
      await draw(event, true);
      await draw(
        { data: { labels: value, label: value, dataRow: value, project: { targets: value } } },
        true,
      );
      await show('DifferenceView', {
        before: event,
        after: eventOf([sound]),
        pictures: true,
      });
      await show('Thumbnail', { event, pictures: true });
    }
  });

  test('deep nesting is cut, and does not overflow the stack', async () => {
    let answer: object = { name: 'leaf', type: 'radio', answers: [{ name: 'end' }] };
    let geometry: object = { type: 'Point', coordinates: [1, 2] };
    for (let depth = 0; depth < 250; depth++) {
      answer = { name: 'q', type: 'radio', answers: [{ name: 'a', classifications: [answer] }] };
      geometry = { type: 'GeometryCollection', geometries: [geometry] };
    }
    await draw(eventOf([{ kind: 'geo', geometry }], { label: { classifications: [answer] } }));
    expect(await page().locator('.answers').count()).toBeGreaterThan(5);
  });

  test('50,000 boxes stay smooth', async () => {
    const boxes = Array.from({ length: 50_000 }, (_, index) => ({
      kind: 'bbox',
      id: String(index),
      name: `class ${index % 40}`,
      bbox: [(index % 250) * 40, Math.floor(index / 250) * 30, 30, 20],
    }));
    const event = eventOf(boxes, { media: { width: 10_000, height: 6_000 } });
    const shown = await draw(event);
    await page().waitForFunction(() => (document.querySelector('canvas')?.width ?? 0) > 0);
    const stage = page().locator('.stage');
    const { x = 0, y = 0, width = 0, height = 0 } = (await stage.boundingBox()) ?? {};
    await page().evaluate(() => {
      const state = window as unknown as { frames: number[] };
      state.frames = [];
      const tick = (now: number): void => {
        state.frames.push(now);
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    await page().mouse.move(x + width / 2, y + height / 2);
    for (let step = 0; step < 20; step++) {
      await page().mouse.wheel(0, step < 12 ? -60 : 40);
      await page().waitForTimeout(16);
    }
    await page().mouse.down();
    await page().mouse.move(x + width / 3, y + height / 3, { steps: 20 });
    await page().mouse.up();
    const frames = await page().evaluate(() => (window as unknown as { frames: number[] }).frames);
    const gaps = frames
      .slice(1)
      .map((now, index) => now - (frames[index] ?? 0))
      .sort((a, b) => a - b);
    const figures = {
      shown,
      frames: gaps.length,
      median: gaps[gaps.length >> 1],
      p95: gaps[Math.floor(gaps.length * 0.95)],
      most: gaps.at(-1),
    };
    console.info('50,000 boxes', figures);
    expect(shown).toBeLessThan(4_000);
    expect(figures.p95).toBeLessThan(250);
    expect(await page().locator('.rows li').count()).toBeLessThanOrEqual(200);
    expect(await page().locator('*').count()).toBeLessThan(5_000);
  });
});
