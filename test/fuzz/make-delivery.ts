import type { Scheme } from '../../lib/platforms/scheme';
import { signWith } from '../../lib/testing/sign-with';
import { fixtures } from '../support/fixtures';
import { mutateBody } from './mutate-body';
import { mutateHeaders } from './mutate-headers';
import { Random } from './random';
import { routes } from './routes';
import { FORGED, type FuzzedSource, platformOf, sources } from './sources';

export interface FuzzedDelivery {
  readonly method: string;
  readonly path: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'post',
  '',
  '\0',
  'P'.repeat(9_000),
];
const PATHS = [
  ...['/', '', '*', '//', '/webhooks', '/webhooks/', '/webhooks/__proto__', '/training/labelbox'],
  ...['/webhooks/labelbox/..', '/../health', '/health/health', '/training/labelbox/constructor'],
  ...['/training/labelbox/__proto__', '/webhooks/%6cabelbox', '/webhooks/\0', '/\ud800', '/é/'],
  ...['http://x/health', `/webhooks/${'x'.repeat(9_000)}`, '/'.repeat(9_000), '/training//models'],
];
const PARTS = [
  '/',
  '//',
  '/..',
  '/.',
  '%2f',
  '%00',
  '\0',
  '?',
  '#',
  ';a',
  ' ',
  'X',
  'é',
  '\n',
  '/models',
];

const all = fixtures();
const usual = routes.filter(
  ({ path, source }) => source?.secret && !source.isDown && /webhook|model_run/.test(path),
);

/** The delivery that an index of a seed stands for: a fixture and a route, mutated. */
export function makeDelivery(seed: number, index: number): FuzzedDelivery {
  const random = new Random(seed, index);
  const route = random.pick(random.chance(0.9) ? usual : routes);
  const source = route.source ?? random.pick(sources);
  const fixture = random.pick(all.filter(({ platform }) => platform === source.platform));
  const isSigned = random.chance(1 / 3);
  const isForged = !isSigned || source.isDown || source.secret === '';

  const body = mutateBody(isForged ? marked(fixture.body) : fixture.body, random);
  const headers = new Map(Object.entries(fixture.headers).map(([k, v]) => [k.toLowerCase(), v]));
  // The right signature of other bytes is no better than a guess.
  const isTampered = !isSigned && isSigning(source) && random.chance(0.3);
  const secret = isSigned || isTampered ? source.secret : random.pick(guesses(source));
  const bytes = isTampered ? fixture.body : body;
  for (const [name, value] of show(source, secret, bytes, random)) headers.set(name, value);
  if (random.chance(isSigned ? 0.2 : 0.6)) mutateHeaders(headers, random);

  return {
    method: random.chance(0.05) ? random.pick(METHODS) : route.method,
    path: random.chance(0.1) ? mutatePath(route.path, random) : route.path,
    headers,
    body,
  };
}

const marked = (body: Buffer): Buffer =>
  Buffer.from(body.toString().replace('{', `{"mark":"${FORGED}",`));

const guesses = (source: FuzzedSource, { secret } = source): string[] => [
  ...['guess', '', `${secret}x`, `x ${secret}`, secret.slice(1), secret.toUpperCase()],
  ...sources.map((other) => other.secret).filter((other) => other !== secret),
  ...(isSigning(source) ? [] : [`${secret},${secret}`]),
];

/** Whether its platform signs the body, and never shows the secret. */
const isSigning = (source: FuzzedSource): boolean =>
  platformOf(source).schemes.every((scheme) => !('shown' in scheme));

/** The headers that show a secret: by one scheme of the platform in one of its forms, or by several. */
function show(
  source: FuzzedSource,
  secret: string,
  body: Buffer,
  random: Random,
): [string, string][] {
  const schemes = platformOf(source).schemes.flatMap((scheme): Scheme[] =>
    'shown' in scheme ? scheme.shown.map((form) => ({ ...scheme, shown: [form] })) : [scheme],
  );
  const chosen = random.chance(0.2) ? schemes : [random.pick(schemes)];
  return chosen.flatMap((scheme) => Object.entries(signWith(scheme, secret, body)));
}

function mutatePath(path: string, random: Random): string {
  if (random.chance(0.3)) return random.pick(PATHS);
  if (random.chance(0.3)) return path + random.pick(PARTS);
  const place = random.below(path.length);
  return path.slice(0, place) + random.pick([...PARTS, '']) + path.slice(place + 1);
}
