import { LabelrelayError } from '../../lib/errors';
import { previousVersion, putSecret, retirePrevious } from '../aws/secret-versions';
import { sumMetric } from '../aws/sum-metric';
import type { Deployment } from '../deployment/deployment';
import type { Webhook, WebhookApi } from '../platforms/webhook-api';
import { say } from '../terminal/print';
import { generateSecret } from './new-secret';
import { wait, waitUntil } from './wait';

export interface Rotation {
  readonly deployment: Deployment;
  readonly source: string;
  /** The name of its secret. */
  readonly name: string;
  readonly api: WebhookApi;
  /** Those that have the secret. */
  readonly webhooks: readonly Webhook[];
  readonly times: Times;
}

/** All in milliseconds. */
export interface Times {
  /** For how long functions remember a secret, and a little more. */
  readonly cache: number;
  /** What a first delivery with the new secret is waited for at most. */
  readonly first: number;
  /** How long the old secret must not have been used. */
  readonly idle: number;
  /** How often it is looked at. */
  readonly every: number;
}

/**
 * The order in which no delivery is refused and none is lost. Both webhooks send until the new one is
 * known to work: what comes twice has one id. Only without the old webhook can the old secret fall idle.
 *
 * @throws LabelrelayError with what is left to do, when it stopped on the way
 */
export async function rotate(rotation: Rotation): Promise<void> {
  const { source, times } = rotation;
  const secret = generateSecret();
  await putSecret(rotation.name, secret, rotation.deployment.config);
  const left = remaining(rotation);
  try {
    say('1/5 the new secret is written');
    await wait('every function learns it', times.cache);
    say('2/5 every function knows it');
    const since = Date.now();
    const old = await giveToPlatform(rotation, secret);
    left.webhooks = old;
    say(`3/5 ${source} has it`);
    if (old.length > 0) await expectDelivery(rotation, since);
    for (const { id } of old) await rotation.api.remove(id);
    left.webhooks = [];
    say('4/5 nothing sends with the old secret any more');
    await wait('the old secret falls idle', times.idle);
    await expectIdle(rotation);
    await retire(rotation);
    say('5/5 the old secret verifies no more');
  } catch (cause) {
    const code = cause instanceof LabelrelayError ? cause.code : 'unavailable';
    throw new LabelrelayError(code, left.describe(cause), { cause });
  }
}

/**
 * For a secret that has leaked: it stops verifying first. What the platform sends with it until its
 * webhook has changed is refused.
 */
export async function revoke(rotation: Rotation): Promise<void> {
  const secret = generateSecret();
  await putSecret(rotation.name, secret, rotation.deployment.config);
  await retire(rotation);
  say('1/2 the old secret is taken away: within 60 seconds no function takes it');
  const old = await giveToPlatform(rotation, secret);
  for (const { id } of old) await rotation.api.remove(id);
  say(`2/2 ${rotation.source} has the new one`);
}

/** A minute that has begun counts too. */
const MINUTE_MS = 60_000;

/** @returns the webhooks that another one stands for now */
async function giveToPlatform(
  { api, webhooks }: Rotation,
  secret: string,
): Promise<readonly Webhook[]> {
  for (const { id, url, topics, project } of webhooks) {
    if (api.changeSecret) await api.changeSecret(id, secret);
    else await api.create({ url, project, secret, topics: topics === 'all' ? undefined : topics });
  }
  return api.changeSecret ? [] : webhooks;
}

async function expectDelivery(
  { source, deployment, times }: Rotation,
  since: number,
): Promise<void> {
  const hasCome = async () =>
    (await sumMetric('Verified.current', source, since, deployment.config)) > 0;
  const waiting = { every: times.every, most: times.first };
  if (await waitUntil('a first delivery with the new secret', hasCome, waiting)) return;
  throw new LabelrelayError('unavailable', 'no delivery with the new secret came yet');
}

async function expectIdle({ source, deployment, times }: Rotation): Promise<void> {
  const since = Date.now() - times.idle - MINUTE_MS;
  const used = await sumMetric('Verified.previous', source, since, deployment.config);
  if (used === 0) return;
  throw new LabelrelayError('unavailable', `${used} deliveries still used the old secret`);
}

async function retire({ name, deployment: { config } }: Rotation): Promise<void> {
  const version = await previousVersion(name, config);
  if (version) await retirePrevious(name, version, config);
}

/** What a person finishes by hand when the rotation stops on the way. */
const remaining = ({ source, webhooks }: Rotation) => ({
  webhooks: undefined as readonly Webhook[] | undefined,
  describe(cause: unknown): string {
    const commands = [
      ...(this.webhooks ? [] : [`labelrelay webhooks create ${source} --double`]),
      ...(this.webhooks ?? webhooks).map(({ id }) => `labelrelay webhooks delete ${source} ${id}`),
      `labelrelay secret retire ${source}`,
    ];
    const why = cause instanceof Error ? cause.message : String(cause);
    return [`${why}. Both secrets verify; what is left to do:`, ...commands].join('\n  ');
  },
});
