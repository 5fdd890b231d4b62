import fc from 'fast-check';
import type { Platform } from '../../lib/platforms/platform';
import { platforms } from '../../lib/platforms/platforms';
import { fixtures, secretsOf } from './fixtures';

/** Every member that a platform is known to send, so that random bodies resemble real ones. */
const members = [
  ...new Set(
    fixtures().flatMap(({ body }) => body.toString().match(/(?<=\\?")[a-zA-Z_]+(?=\\?":)/g) ?? []),
  ),
];

/** Every event that a platform is known to send, and some that none sends. */
export const names = [
  ...new Set(
    fixtures().flatMap(({ platform, body, headers }) => eventNameOf(platform, body, headers) ?? []),
  ),
  ...['ANNOTATION_DELETED', 'REVIEWS_DELETED', 'LABEL_LINK_CREATED', 'constructor', ''],
];

function eventNameOf(
  platform: string,
  body: Buffer,
  headers: Record<string, string>,
): string | undefined {
  const { eventName } = (platforms as Record<string, Platform>)[platform] as Platform;
  const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return eventName(JSON.parse(body.toString()), Object.fromEntries(sent));
}

const scalar = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    1e300,
    '',
    '2026-03-02T10:41:55.287310Z',
    'x',
    ...names,
  ),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true }),
  fc.json(),
);
export const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar,
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(
    fc.constantFrom(...members, 'action', '__proto__', 'toString'),
    tie('value'),
    { maxKeys: 8 },
  ),
}));
/** Any JSON object with members that platforms are known to send. */
export const anyBody = json.object as fc.Arbitrary<Record<string, unknown>>;

/** The kinds of bodies for the properties of a platform, by name. */
export const kindsOfBodies = (platform: string) =>
  [
    ['any JSON object', anyBody],
    ['any change to a real delivery', mutated(platform)],
  ] as const;

/** A real delivery in which one member at any depth has another value. */
export const mutated = (platform: string): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(
      fc.constantFrom(...fixtures().filter((fixture) => fixture.platform === platform)),
      fc.nat(),
      json.value as fc.Arbitrary<unknown>,
    )
    .map(([{ body }, place, value]) => {
      const root = JSON.parse(body.toString());
      const spots: [Record<string, unknown>, string][] = [];
      const visit = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        for (const key of Object.keys(node)) {
          spots.push([node as Record<string, unknown>, key]);
          visit((node as Record<string, unknown>)[key]);
        }
      };
      visit(root);
      const [holder, key] = spots[place % spots.length] ?? [root, 'action'];
      holder[key] = value;
      return root;
    });

/** The same bodies with the secrets of the platform: no event may contain `SECRET`. */
export const withSecrets = (platform: string): fc.Arbitrary<Record<string, unknown>> =>
  mutated(platform).map((body) => ({ ...body, ...secretsOf(platform) }));
