import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import { arbitraryResults } from '../support/arbitrary-results';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 1_000);

/** Strings and numbers of a result that are not in its event by themselves, by where they stand. */
const EXCEPTIONS: readonly (readonly [where: RegExp, why: string])[] = [
  [/^type$/, 'the kind of the annotation, or the type of the answer'],
  [/^from_name$/, 'of what gives no class: a tool that draws is no part of what was drawn'],
  [/^original_(width|height|length)$/, 'media says it where all results agree'],
  [/^value\.(framesCount|duration)$/, 'media says it where all results agree'],
  [/vertices\.\d+\.(id|prevPointId)$/, 'the order of the points'],
  [/^origin$/, 'of an answer to the whole task: `manual` unless the event says another one'],
];

/** Every string and number, with the path to it. */
function* scalars(value: unknown, path = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string' || typeof value === 'number') yield [path, String(value)];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield* scalars(member, path ? `${path}.${name}` : name);
  }
}

const isException = (path: string, value: string): boolean =>
  EXCEPTIONS.some(([where]) => where.test(path)) && (path !== 'origin' || value === 'manual');

test('every string and number of a result is in the event, without `native`', () => {
  let said = 0;
  fc.assert(
    fc.property(arbitraryResults(fc.constantFrom('a', 'b', 'c')), (results) => {
      const result = JSON.parse(JSON.stringify(results));
      const body = { action: 'ANNOTATION_CREATED', annotation: { id: 1, result } };
      const [draft] = labelStudio.normalize(body, {});
      const { native: _native, ...data } = JSON.parse(JSON.stringify(draft?.data));
      const told = new Set([...scalars(data)].flatMap(([, text]) => [text, ...text.split('\n')]));
      for (const item of result) {
        for (const [path, value] of scalars(item)) {
          if (isException(path, value)) continue;
          said++;
          if (!told.has(value)) {
            throw new Error(`${path}: ${value} is not in ${JSON.stringify(data)}`);
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(said).toBeGreaterThan(RUNS / 2);
});
