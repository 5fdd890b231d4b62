import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_SCHEMA_BASE } from '../../lib/events/cloud-event';
import { topics } from '../../lib/events/topics';
import type { Platform } from '../../lib/platforms/platform';
import { platforms } from '../../lib/platforms/platforms';
import { Journal } from '../../lib/receive/log/journal';
import { pack } from '../../lib/receive/publish/pack';
import { json, kindsOfBodies, names, withSecrets } from '../support/arbitrary-bodies';
import { eachPlatform } from '../support/each-platform';
import { PLANTED } from '../support/fixtures';
import { validateEvent } from '../support/validate-event';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);

const context = {
  objects: { put: async (key: string) => `s3://bucket/${key}` },
  journal: new Journal(),
  signal: new AbortController().signal,
};
const origin = {
  source: 'source',
  id: 'id',
  receivedAt: new Date(),
  receiptId: 'receiptId',
  schemaBase: DEFAULT_SCHEMA_BASE,
};

async function eventsOf(platform: Platform, body: Record<string, unknown>, name: string) {
  const headers = platform.eventHeader ? { [platform.eventHeader]: name } : {};
  const drafts = platform.normalize(platform.redact(body), headers);
  const settings = { bytesEach: 0, claimCheckBytes: 1_000_000_000, native: true };
  return Promise.all(
    drafts.map(async (draft, index) => {
      const message = await pack(draft, origin, index, context, settings);
      validateEvent(message.body);
      return JSON.parse(message.body);
    }),
  );
}

describe.each(eachPlatform)('platform %s', (platformName, platform) => {
  test.each(kindsOfBodies(platformName))(
    '%s becomes events that fit the published schemas',
    async (_, bodies) => {
      await fc.assert(
        fc.asyncProperty(bodies, fc.constantFrom(...names), async (body, name) => {
          const text = JSON.parse(JSON.stringify(body));
          for (const event of await eventsOf(platform, text, name)) {
            expect(topics.map((topic) => `labelrelay.${topic}`)).toContain(event.type);
            expect(event.data.platform).toBe(platformName);
          }
        }),
        { numRuns: RUNS },
      );
    },
  );

  test('no secret of the platform is in an event', async () => {
    await fc.assert(
      fc.asyncProperty(withSecrets(platformName), fc.constantFrom(...names), async (body, name) => {
        const events = await eventsOf(platform, body, name);
        expect(JSON.stringify(events)).not.toContain(PLANTED);
      }),
      { numRuns: RUNS },
    );
  });
});

test('as many annotations as there are objects, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(json.value), (objects) => {
      const given = JSON.parse(JSON.stringify(objects));
      const v1 = { label: JSON.stringify({ objects: given }), dataRow: {}, project: {} };
      const v2 = {
        data_row: {},
        projects: { p: { labels: [{ annotations: { objects: given } }] } },
      };
      for (const body of [v1, v2]) {
        const [draft] = platforms.labelbox.normalize(body, {});
        const data = draft?.data as unknown as { labels: { annotations: unknown[] }[] };
        expect(data.labels[0]?.annotations).toHaveLength(given.length);
      }
      const results = given.map((value: unknown, id: number) => ({
        id: `r${id}`,
        type: 'rectanglelabels',
        value,
      }));
      const [draft] = platforms['label-studio'].normalize(
        { action: 'ANNOTATION_CREATED', annotation: { result: results } },
        {},
      );
      const data = draft?.data as unknown as { labels: { annotations: unknown[] }[] };
      expect(data.labels[0]?.annotations).toHaveLength(given.length);
    }),
    { numRuns: RUNS },
  );
});
