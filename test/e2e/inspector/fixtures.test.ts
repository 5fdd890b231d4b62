import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type DrawingPage, openBrowser, openDrawingPage } from './drawing-page';
import { type Edges, expectedEdges, positionsOf } from './expected-boxes';
import { fixtureEvents } from './fixture-events';
import {
  type DrawnLane,
  type DrawnMark,
  type DrawnShape,
  lanesOf,
  marksOf,
  shapesOf,
} from './read-drawing';

// biome-ignore lint/suspicious/noExplicitAny: the data of an event, of whatever type
type Json = any;

let browser: Browser;
let drawing: DrawingPage;

beforeAll(async () => {
  browser = await openBrowser();
  drawing = await openDrawingPage(browser);
});
afterAll(() => browser?.close());

const all = fixtureEvents();
/** Counts the comparisons in all events: a test that compares nothing proves nothing. */
const compared = { shapes: 0, maps: 0, keyframes: 0, marks: 0, bars: 0, answers: 0 };

const labelsOf = ({ data }: Json): Json[] => data?.labels ?? (data?.label ? [data.label] : []);

function expectNear(found: Edges | undefined, expected: Edges, digits: number): void {
  expect(found).toHaveLength(4);
  for (const [side, edge] of expected.entries()) expect(found?.[side]).toBeCloseTo(edge, digits);
}

/** The sizes that the event has: the picture's own, else 100 for percent. */
const sizeOf = ({ dataRow }: Json, unit: string | undefined): [number, number] | undefined => {
  const { width, height } = dataRow?.media ?? {};
  if (width && height) return [width, height];
  return unit === 'percent' ? [100, 100] : undefined;
};

function expectShape(
  shape: DrawnShape | undefined,
  geometry: Json,
  data: Json,
  unit?: string,
): void {
  const edges = expectedEdges(geometry) as Edges;
  expectNear(shape?.edges, edges, 2);
  const size = sizeOf(data, unit);
  if (!size) return;
  const [width, height] = size;
  const [left, top, right, bottom] = edges;
  expectNear(shape?.onPaper, [left / width, top / height, right / width, bottom / height], 4);
}

async function expectTrack(
  label: number,
  annotation: number,
  track: Json,
  data: Json,
): Promise<void> {
  const slider = drawing.page.locator('.label').nth(label).locator('input[type=range]');
  for (const keyframe of track.keyframes) {
    await slider.fill(String(keyframe.frame));
    const shapes = await shapesOf(drawing.page, label);
    const own = shapes.filter(
      (shape) =>
        shape.annotation === annotation && (!keyframe.group || shape.scene === keyframe.group),
    );
    expect(own).toHaveLength(1);
    expectShape(own[0], keyframe, data, track.unit);
    compared.keyframes++;
  }
}

function expectMap(shape: DrawnShape | undefined, geometry: Json): void {
  const [west = 0, north = 0, scale = 0] = shape?.plane ?? [];
  const positions = positionsOf(geometry).map(
    ([longitude, latitude]) => [(longitude - west) * scale, (north - latitude) * scale] as const,
  );
  const [xs, ys] = [positions.map(([x]) => x), positions.map(([, y]) => y)];
  expectNear(shape?.edges, [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], 2);
  // North is up: the paper of a map is above its parallels, so y grows to the south.
  expect(scale).toBeGreaterThan(0);
  compared.maps++;
}

/** The text that a span marks, by the event alone. */
function spanText({ start, end, text }: Json, { dataRow }: Json): string | undefined {
  const whole = typeof dataRow?.content === 'string' ? dataRow.content : dataRow?.content?.text;
  if (text !== undefined) return text;
  return whole && !/^https?:/.test(whole) ? whole.slice(start, end) : undefined;
}

/** The drawing of one annotation. */
interface Found {
  readonly label: number;
  readonly at: number;
  readonly data: Json;
  readonly shapes: readonly DrawnShape[];
  readonly marks: readonly DrawnMark[];
  readonly lanes: readonly DrawnLane[];
}

const EXPECT: Record<string, (annotation: Json, found: Found) => void | Promise<void>> = {
  'video-track': (annotation, { label, at, data }) => expectTrack(label, at, annotation, data),
  geo: ({ geometry }, { shapes }) => expectMap(shapes[0], geometry),
  'document-box': (annotation, { shapes }) => {
    const boxes = annotation.boxes ?? [annotation];
    expect(shapes).toHaveLength(boxes.length);
    for (const [place, box] of boxes.entries()) {
      expect(shapes[place]?.scene).toBe(`Page ${box.page ?? annotation.page}`);
      expectNear(shapes[place]?.edges, expectedEdges({ ...box, kind: 'bbox' }) as Edges, 2);
      compared.shapes++;
    }
  },
  'text-span': (annotation, { marks, data }) => {
    const parts = annotation.parts?.map(({ text }: Json) => text) ?? [spanText(annotation, data)];
    expect(marks.length).toBeGreaterThan(0);
    for (const part of parts.filter((each: unknown) => each !== undefined)) {
      expect(marks.map(({ text }) => text).join('')).toContain(part);
      compared.marks++;
    }
  },
  'time-span': (annotation, { lanes }) => {
    const ranges = annotation.ranges ?? [[annotation.start, annotation.end]];
    expectBars(lanes[0], ranges, annotation.unit);
  },
};

/** Both ends of a range of frames are included, so its bar ends where the next frame begins. */
function expectBars(lane: DrawnLane | undefined, ranges: [number, number][], unit: string): void {
  expect(lane?.bars).toHaveLength(ranges.length);
  for (const [place, [from, to]] of ranges.entries()) {
    expect(lane?.bars[place]?.[0]).toBeCloseTo(from, 1);
    expect(lane?.bars[place]?.[1]).toBeCloseTo(unit === 'frame' ? to + 1 : to, 1);
    compared.bars++;
  }
}

async function expectAnnotations({ data }: Json, label: Json, index: number): Promise<void> {
  const { page } = drawing;
  const shapes = await shapesOf(page, index);
  const marks = await marksOf(page, index);
  const lanes = await lanesOf(page, index);
  for (const [at, annotation] of (label.annotations ?? []).entries()) {
    const found = {
      ...{ label: index, at, data },
      shapes: shapes.filter((shape) => shape.annotation === at),
      marks: marks.filter(({ annotations }) => annotations.includes(at)),
      lanes: lanes.filter((lane) => lane.annotation === at),
    };
    const check = EXPECT[annotation.kind];
    if (check) await check(annotation, found);
    else if (expectedEdges(annotation)) {
      expect(found.shapes).toHaveLength(1);
      expectShape(found.shapes[0], annotation, data, annotation.unit);
      compared.shapes++;
    }
  }
  for (const answer of label.classifications ?? []) {
    const lane = lanes.find(
      ({ name, annotation }) => name === answer.name && annotation === undefined,
    );
    if (answer.ranges) expectBars(lane, answer.ranges, answer.unit);
  }
}

/** Every text that somebody chose or wrote. */
const saidBy = (answers: Json[] = []): string[] =>
  answers.flatMap(({ answers: options = [], text, ranges, unit }) => [
    ...options.map(({ name, path }: Json) => (path?.length > 1 ? path.join(' / ') : name)),
    ...(text ? [text] : []),
    ...(ranges ? [`${ranges[0].join(' to ')}${unit === 'frame' ? '' : ` ${unit}`}`] : []),
    ...options.flatMap(({ classifications }: Json) => saidBy(classifications)),
  ]);

describe.each(all.map(({ name, event }) => [name, event] as const))('%s', (_, event) => {
  test('it is drawn where the event says', async () => {
    await drawing.show('EventView', { event, pictures: false });
    const labels = labelsOf(event);
    expect(await drawing.page.locator('.label').count()).toBe(labels.length);
    for (const [index, label] of labels.entries()) {
      await expectAnnotations(event, label, index);
      const text = await drawing.page.locator('.label').nth(index).textContent();
      const answers = [
        ...(label.classifications ?? []),
        ...(label.annotations ?? []).flatMap((annotation: Json) => [
          ...annotation.classifications,
          ...(annotation.keyframes ?? []).flatMap((each: Json) => each.classifications ?? []),
        ]),
      ];
      for (const said of saidBy(answers)) {
        expect(text).toContain(said);
        compared.answers++;
      }
    }
    expect(drawing.errors).toEqual([]);
  });
});

test('every kind of geometry was compared', () => {
  expect(all.length).toBeGreaterThan(50);
  // Two shapes on a map of one fixture and one of another; key frames of three fixtures; two sounds, one answer in
  // milliseconds, and an answer on two ranges of frames.
  const least = { shapes: 15, maps: 3, keyframes: 7, marks: 6, bars: 5, answers: 10 };
  for (const [what, count] of Object.entries(least)) {
    expect([what, compared[what as keyof typeof compared] >= count]).toEqual([what, true]);
  }
});

test.each([
  [1200, 'light'],
  [1200, 'dark'],
  [360, 'light'],
  [360, 'dark'],
] as const)('%d pixels wide and %s, nothing is wider than the page', async (width, colorScheme) => {
  const narrow = await openDrawingPage(browser, { width, colorScheme });
  for (const { name, event } of all) {
    await narrow.show('EventView', { event, pictures: false });
    const wide = await narrow.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect([name, wide]).toEqual([name, 0]);
  }
  await narrow.page.close();
});
