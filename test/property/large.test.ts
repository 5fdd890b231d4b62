import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Platform } from '../../lib/platforms/platform';
import { platforms } from '../../lib/platforms/platforms';
import { kindsOfBodies, names } from '../support/arbitrary-bodies';
import { eachPlatform } from '../support/each-platform';
import { fixtures } from '../support/fixtures';
import { PIECE_BYTES } from '../support/memory-objects';
import { relayBoth } from '../support/relay-both';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 200);
/** Every list that may be long is, after so many characters. */
const LIMITS = {
  inlineLength: 1,
  restLength: 1_000_000,
  itemLength: 1_000_000,
  groupedLength: 1_000_000,
  blockLength: 1_000_000,
  earlyLength: 1_000_000,
};

async function expectSame(
  platform: Platform,
  body: Uint8Array,
  headers: Record<string, string>,
): Promise<boolean> {
  const { whole, parts } = await relayBoth(platform, body, headers, LIMITS);
  expect(parts.events).toEqual(whole.events);
  expect(parts.kept).toEqual(whole.kept);
  return parts.inParts;
}

const platformOf = (name: string): Platform =>
  (platforms as Record<string, Platform>)[name] as Platform;

test.each(fixtures().map((fixture) => [fixture.name, fixture] as const))(
  '%s: read in parts it becomes the same events',
  async (_, { platform, body, headers }) => {
    await expectSame(platformOf(platform), body, headers);
  },
);

test('labels of both generations are read in parts', async () => {
  const streamed = [];
  for (const { name, platform, body, headers } of fixtures()) {
    if (await expectSame(platformOf(platform), body, headers)) streamed.push(name);
  }
  expect(streamed).toEqual(
    expect.arrayContaining([
      'v1-label-created-all-shapes',
      'v1-review-created',
      'v2-label-updated-image',
    ]),
  );
});

const row = (objects: string) =>
  `{"data_row":{"id":"r"},"projects":{"p":{"labels":[{"id":"l","annotations":{"objects":${objects}}}]}}}`;
const label = (content: string) =>
  `{"id":"l","project":{"id":"p"},"dataRow":{"id":"r"},"label":${JSON.stringify(content)}}`;

test.each([
  '[1,]',
  '[,1]',
  '[1,,2]',
  '[1 2]',
  '[1,2}',
  '[,]',
  '[1,2',
  '[{"a":1]',
  '["\t"]',
  '[01]',
])('a list that is no JSON is none: %s', async (list) => {
  const { platform } = fixtures().find(({ name }) => name.startsWith('v2')) ?? { platform: '' };
  for (const body of [
    row(list),
    label(`{"objects":${list}}`),
    `{"action":"A","dataRowIds":${list}}`,
  ]) {
    await expectSame(platformOf(platform), Buffer.from(body), {});
  }
});

test.each(['[1,2,]', '[ ,1]'])(
  'a list that is no JSON is none, wherever its text is parted: %s',
  async (list) => {
    for (let pad = 0; pad < PIECE_BYTES; pad++) {
      const body = ' '.repeat(pad) + row(list);
      await expectSame(platformOf('labelbox'), Buffer.from(body), {});
    }
  },
);

test('a list of things on a later line is read too', async () => {
  const lines = [row('[1]'), '{"action":"MOVE","projectId":"p","dataRowIds":["a","b"]}'];
  for (const body of [lines, lines.toReversed()]) {
    await expectSame(platformOf('labelbox'), Buffer.from(body.join('\n')), {});
  }
});

test('an object in a list is not the long object that may be in its place', async () => {
  const long = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`m${index}`, index]));
  const frames = { 1: { objects: { f: { feature_id: 'f', point: { x: 1, y: 2 } } } } };
  const groups = { Axial: { frames }, Sagittal: { frames: [-1, long] } };
  const segments = { Axial: { f: [[1, 1]] }, Sagittal: { g: [[1, 1]] } };
  const projects = { p: { labels: [{ annotations: { groups, segments } }] } };
  const body = Buffer.from(JSON.stringify({ data_row: { id: 'r' }, projects }));
  await expectSame(platformOf('labelbox'), body, {});
});

test('only the list of things is one event each', async () => {
  const result = Array.from({ length: 100 }, (_, index) => ({ id: `r${index}` }));
  const body = { action: 'TASK_CREATED', task: { id: 1 }, annotation: { result } };
  await expectSame(platformOf('label-studio'), Buffer.from(JSON.stringify(body)), {});
});

test('tokens of addresses are in nothing that is read in parts', async () => {
  const uri = 'https://example.com/mask?token=S3CRET&a=1';
  const objects = [{ mask: { url: uri } }, { instanceURI: uri, title: 'token' }];
  const bodies = [row(JSON.stringify(objects)), label(JSON.stringify({ objects }))];
  for (const body of bodies) {
    const { parts } = await relayBoth(platformOf('labelbox'), Buffer.from(body), {}, LIMITS);
    expect(parts.inParts).toBe(true);
    expect(JSON.stringify(parts.events)).toContain('https://example.com/mask?a=1');
    expect(JSON.stringify(parts.events)).not.toContain('S3CRET');
  }
});

describe.each(eachPlatform)('platform %s', (platformName, platform) => {
  test.each(kindsOfBodies(platformName))(
    '%s: read in parts it becomes the same events',
    async (_, bodies) => {
      await fc.assert(
        fc.asyncProperty(bodies, fc.constantFrom(...names), async (body, name) => {
          const bytes = Buffer.from(JSON.stringify(body));
          await expectSame(platform, bytes, { 'x-labelbox-event': name });
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
  );

  test('any cut, any byte in the place of another: the same events, or the same bytes kept', async () => {
    const bodies = fixtures().filter((fixture) => fixture.platform === platformName);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bodies),
        fc.nat(),
        fc.constantFrom(...Buffer.from('"\\,[]{}:u0 \n\u00e9'), 0xff),
        fc.boolean(),
        async ({ body, headers }, place, byte, isCut) => {
          const at = place % body.length;
          const changed = Buffer.from(isCut ? body.subarray(0, at) : body);
          if (!isCut) changed[at] = byte;
          await expectSame(platform, changed, headers);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
