import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LONG_LIMITS } from '../../lib/json/long/placeholder';
import type { JsonObject } from '../../lib/json/read';
import { labelbox } from '../../lib/platforms/labelbox/labelbox';
import { unlike, v1Content, v2Content } from '../support/arbitrary-labelbox';
import { relayBoth } from '../support/relay-both';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 500);
/** Enough that chance does not decide how many are read in parts: about four of five are. */
const PART_RUNS = Math.max(20, Math.ceil(RUNS / 5));

/** Strings and numbers of a label's content that are not in its event as they are, by where they stand. */
const EXCEPTIONS: readonly (readonly [where: RegExp, why: string])[] = [
  [/(^|\.)(objects\.\d+|objects\.\w)\.(annotation_kind|type)$/, 'the kind of the annotation'],
  [/relationships\.\d+\.(schemaId|feature_schema_id|value)$/, 'its name says the same'],
  [/(^|\.)(format|version)$/, 'how it is written'],
  [/location\.groups\.\d+\.id$/, 'nothing refers to it'],
  [/^key_frame_feature_map\./, 'the frames that nobody drew say so'],
];

/** Every string and number, with the path to it. */
function* scalars(value: unknown, path = ''): Generator<readonly [string, string | number]> {
  if (typeof value === 'string' || typeof value === 'number') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield* scalars(member, path ? `${path}.${name}` : name);
  }
}

const v1 = (content: unknown) => ({
  id: 'l',
  label: JSON.stringify(content),
  dataRow: { id: 'r' },
  project: { id: 'p' },
});
const v2 = (content: unknown) => ({
  data_row: { id: 'r' },
  projects: { p: { labels: [{ id: 'l', annotations: content }] } },
});

function expectTold(content: unknown, body: JsonObject): number {
  const [draft] = labelbox.normalize(body, {});
  const { native: _native, ...data } = JSON.parse(JSON.stringify(draft?.data));
  const told = new Set(
    [...scalars(data)].flatMap(([, value]) => [value, ...`${value}`.split(' ')]),
  );
  let said = 0;
  for (const [path, value] of scalars(content)) {
    said++;
    // The last character, where the event has the first behind it.
    const isInKeyframe =
      told.has(value) || (/location\.end$/.test(path) && told.has(Number(value) + 1));
    if (isInKeyframe || EXCEPTIONS.some(([where]) => where.test(path))) continue;
    throw new Error(`${path}: ${value} is not in ${JSON.stringify(data)}`);
  }
  return said;
}

test.each([
  ['v1', v1Content, v1],
  ['v2', v2Content, v2],
] as const)(
  'every string and number of a %s label is in the event, without what was received',
  (_, contents, toBody) => {
    let said = 0;
    fc.assert(
      fc.property(contents, (given) => {
        const content = unlike(given);
        said += expectTold(content, toBody(content));
      }),
      { numRuns: RUNS },
    );
    expect(said).toBeGreaterThan(RUNS / 2);
  },
);

test.each([
  ['v1', v1Content, v1],
  ['v2', v2Content, v2],
] as const)(
  'whatever stands in a %s label is the same, read in parts',
  async (_, contents, toBody) => {
    let inParts = 0;
    await fc.assert(
      fc.asyncProperty(contents, async (given) => {
        const bytes = Buffer.from(JSON.stringify(toBody(unlike(given))));
        const limits = { ...LONG_LIMITS, inlineLength: 1 };
        const { whole, parts } = await relayBoth(labelbox, bytes, {}, limits);
        expect(parts).toEqual({ ...whole, inParts: parts.inParts });
        if (parts.inParts) inParts++;
      }),
      { numRuns: PART_RUNS },
    );
    expect(inParts).toBeGreaterThan(PART_RUNS / 5);
  },
);
