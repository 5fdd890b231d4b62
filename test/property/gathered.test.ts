import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LabelData } from '../../lib/events/types';
import { LONG_LIMITS, type LongLimits } from '../../lib/json/long/placeholder';
import { asList, asObject } from '../../lib/json/read';
import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import { labelbox } from '../../lib/platforms/labelbox/labelbox';
import type { Platform } from '../../lib/platforms/platform';
import { arbitraryResults } from '../support/arbitrary-results';
import { relayBoth } from '../support/relay-both';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 100);
/** The least number that must be read in parts. About three of four are, and of ten runs it can be five. */
const SOME = RUNS / 10;
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');

/** From little room to more than is ever wanted. */
const limits = fc.record({
  inlineLength: fc.constantFrom(1, 1, 150),
  groupedLength: fc.constantFrom(400, 700, 2_000, 1_000_000),
  blockLength: fc.constantFrom(1, 300, 1_000_000),
  earlyLength: fc.constantFrom(0, 100, 1_000_000),
});
const USUAL = { inlineLength: 1, groupedLength: 1_000_000, earlyLength: 1_000_000 };

async function expectSame(platform: Platform, body: object | string, given: Partial<LongLimits>) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const { whole, parts } = await relayBoth(platform, bytes, {}, { ...LONG_LIMITS, ...given });
  expect(parts).toEqual({ ...whole, inParts: parts.inParts });
  return parts;
}

const box = fc.record({
  feature_id: id,
  name: fc.constantFrom('Car', 'Bus'),
  bounding_box: fc.constant({ top: 1, left: 2, height: 3, width: 4 }),
});
const frame = fc.record(
  {
    objects: fc.oneof(fc.dictionary(id, box), fc.array(box, { maxLength: 3 })),
    classifications: fc.array(fc.record({ name: id, radio_answer: fc.record({ name: id }) }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);
const frames = fc.dictionary(fc.nat(99).map(String), frame, { maxKeys: 12 });
const video = fc.record(
  {
    objects: fc.array(box, { maxLength: 3 }),
    frames,
    groups: fc.dictionary(id, fc.record({ frames }), { maxKeys: 3 }),
    segments: fc.dictionary(id, fc.constant([[1, 2]])),
    key_frame_feature_map: fc.dictionary(id, fc.dictionary(id, fc.boolean())),
    classifications: fc.constant([{ name: 'whole', radio_answer: { name: 'x' } }]),
  },
  { requiredKeys: ['frames'] },
);
const row = (annotations: readonly object[]) => ({
  data_row: { id: 'r' },
  projects: {
    p: { labels: annotations.map((each, index) => ({ id: `l${index}`, annotations: each })) },
  },
});

test('frames of videos and series, read in parts, become the same tracks', async () => {
  let inParts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(video, { minLength: 1, maxLength: 3 }),
      limits,
      async (labels, given) => {
        if ((await expectSame(labelbox, row(labels), given)).inParts) inParts++;
      },
    ),
    { numRuns: RUNS },
  );
  expect(inParts).toBeGreaterThan(SOME);
});

const result = fc.oneof(
  fc.record(
    {
      id,
      type: fc.constantFrom('rectanglelabels', 'choices', 'textarea', 'unheard-of'),
      from_name: fc.constant('tag'),
      value: fc.record({
        x: fc.nat(99),
        y: fc.nat(99),
        width: fc.nat(99),
        height: fc.nat(99),
        rectanglelabels: fc.array(id, { maxLength: 2 }),
        choices: fc.array(id, { maxLength: 2 }),
      }),
    },
    { requiredKeys: ['type', 'value'] },
  ),
  fc.record({ type: fc.constant('relation'), from_id: id, to_id: id }),
  fc.constantFrom(null, 1, 'text'),
);
const annotation = fc.record({ id: fc.nat(), result: fc.array(result, { maxLength: 12 }) });

test('results of annotations, read in parts, become the same regions', async () => {
  let inParts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(annotation, fc.array(annotation, { maxLength: 3 })),
      limits,
      async (drawn, given) => {
        const body = { action: 'ANNOTATION_CREATED', annotation: drawn, task: { id: 1 } };
        if ((await expectSame(labelStudio, body, given)).inParts) inParts++;
      },
    ),
    { numRuns: RUNS },
  );
  expect(inParts).toBeGreaterThan(SOME);
});

test('the media and the rest of any results are the same when they are read in parts', async () => {
  let inParts = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryResults(id), limits, async (drawn, given) => {
      const body = {
        action: 'ANNOTATION_CREATED',
        annotation: { id: 1, result: drawn },
        task: { id: 1 },
      };
      if ((await expectSame(labelStudio, body, given)).inParts) inParts++;
    }),
    { numRuns: RUNS },
  );
  expect(inParts).toBeGreaterThan(SOME);
});

/** So many objects on each of so many frames. */
const film = (frameCount: number, features: number) =>
  Object.fromEntries(
    Array.from({ length: frameCount }, (_, frameIndex) => [
      frameIndex + 1,
      {
        objects: Object.fromEntries(
          Array.from({ length: features }, (_, feature) => [
            `feature-${feature}`,
            { name: 'Car', bounding_box: { top: 1, left: 2, height: 3, width: frameIndex } },
          ]),
        ),
      },
    ]),
  );

test('tracks for which there is no room at once are read in parts', async () => {
  // A keyframe is about 80 characters and 48 beside: 20 of them fit into 3,000 at least once.
  const { events, inParts } = await expectSame(labelbox, row([{ frames: film(20, 30) }]), {
    ...USUAL,
    groupedLength: 3_000,
  });
  expect(inParts).toBe(true);
  expect(JSON.stringify(events).match(/"video-track"/g)).toHaveLength(30);
});

test('long results of one region in a row are read in parts, too', async () => {
  const said = { id: 'a', type: 'textarea', value: { text: ['x'.repeat(3_000)] } };
  const drawn = { id: 1, result: [...Array.from({ length: 5 }, () => said), { ...said, id: 'b' }] };
  const body = { action: 'ANNOTATION_CREATED', annotation: drawn, task: { id: 1 } };
  // Two of them fit into memory as objects, and all of them as text.
  const given = { ...USUAL, itemLength: 4_000, groupedLength: 20_000 };
  expect((await expectSame(labelStudio, body, given)).inParts).toBe(true);
});

test('short lists among long ones count in every read', async () => {
  const series = { frames: film(1, 1), groups: { front: { frames: film(20, 30) } } };
  const { inParts } = await expectSame(labelbox, row([series]), {
    ...USUAL,
    inlineLength: 200,
    groupedLength: 3_000,
  });
  expect(inParts).toBe(true);
});

test('a track for which there is no room is read in parts', async () => {
  const body = row([{ frames: film(20, 1) }]);
  const { inParts } = await expectSame(labelbox, body, { ...USUAL, groupedLength: 300 });
  expect(inParts).toBe(true);
});

// Others of the 21 results of the region come after one of another region.
test.each([
  [1_000, false],
  [3_000, true],
])('one region alone, with room for %d: read in parts %p', async (groupedLength, isRead) => {
  const said = { id: 'a', type: 'textarea', value: { text: ['x'.repeat(40)] } };
  const result = [said, { ...said, id: 'b' }, ...Array.from({ length: 20 }, () => said)];
  const body = { action: 'ANNOTATION_CREATED', annotation: { id: 1, result }, task: { id: 1 } };
  const { inParts } = await expectSame(labelStudio, body, { ...USUAL, groupedLength });
  expect(inParts).toBe(isRead);
});

test.each([
  '{"2":{},"1":{"objects":{"a":{"name":"one"}}}}',
  '{"1":{"objects":{"a":{"name":"one"}}},"1":{"objects":{"b":{}}}}',
  '{"x":{"objects":{"a":{"name":"x"}}},"1":{"objects":{"a":{"name":"one"}}}}',
  '{"01":{},"1":{"objects":{"a":{}}},"4294967295":{},"2":{"objects":{"a":{}}}}',
  '{"1":{},}',
  '{,}',
  '{"1"}',
  '{"1":{},2:{}}',
  '[{"1":{}}]',
])('frames in another order than that of an object in memory: %s', async (text) => {
  const body = JSON.stringify(row([{ frames: 'FRAMES' }])).replace('"FRAMES"', text);
  await expectSame(labelbox, body, USUAL);
});

test('very many lists that are not long are read in parts too', async () => {
  const objects = Array.from({ length: 15 }, (_, index) => ({
    feature_id: `f${index}`,
    name: 'Car',
  }));
  // 60 labels of 600 characters are more than the rest may have.
  const body = row(Array.from({ length: 60 }, () => ({ objects, classifications: [] })));
  const { inParts } = await expectSame(labelbox, body, {
    ...USUAL,
    inlineLength: 2_000,
    restLength: 20_000,
  });
  expect(inParts).toBe(true);
});

test('each region is counted once, also after reads in vain', async () => {
  const counting: Platform = {
    ...labelStudio,
    normalize(body, headers) {
      let count = 0;
      return labelStudio.normalize(body, headers).map((draft) => {
        const data = draft.data as LabelData;
        const labels = data.labels?.map((label) => ({
          ...label,
          annotations: label.annotations?.map((region) => ({ ...region, score: count++ })),
        }));
        return { ...draft, data: { ...data, labels } };
      });
    },
  };
  const shape = (id: string) => ({ id, type: 'rectanglelabels', value: { x: 1 } });
  // The last shows that the results of a region do not stand together, when others are written.
  const result = [...'abcdefghijklmnopqrstuvwxyz', 'a'].map(shape);
  const body = { action: 'ANNOTATION_CREATED', annotation: { id: 1, result }, task: { id: 1 } };
  const { events, inParts } = await expectSame(counting, body, USUAL);
  expect(inParts).toBe(true);
  expect(JSON.stringify(events)).toContain('"score":25');
});

test('a body is read whole when its platform needs a long list in memory', async () => {
  const needing: Platform = {
    ...labelStudio,
    normalize(body, headers) {
      const results = asList(asObject(body.annotation)?.result) ?? [];
      return labelStudio.normalize({ ...body, count: results.length }, headers);
    },
  };
  const result = [...'abcdefgh'].map((id) => ({ id, type: 'rectanglelabels', value: { x: 1 } }));
  const body = { action: 'ANNOTATION_CREATED', annotation: { id: 1, result }, task: { id: 1 } };
  const { events, inParts } = await expectSame(needing, body, USUAL);
  expect(inParts).toBe(false);
  expect(JSON.stringify(events)).toContain('"count":8');
});
