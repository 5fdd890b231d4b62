import { LabelrelayError } from '../../lib/errors';
import type { Webhook, WebhookApi } from '../../lib/webhook-api/webhook-api';
import { retirePrevious, secretVersions } from '../aws/secret-versions';
import { sumMetric } from '../aws/sum-metric';
import type { Deployment } from '../deployment/deployment';
import { say } from '../terminal/print';
import { wait, waitUntil } from './wait';

export interface Rotation {
  readonly deployment: Deployment;
  readonly source: string;
  /** Other places that need the secret, and that no API can change. */
  readonly byHand?: string;
  /** The name of its secret. */
  readonly name: string;
  /** The new secret. */
  readonly secret: string;
  readonly api: WebhookApi;
  /** The webhooks with the old secret. */
  readonly old: readonly Webhook[];
  /** The webhooks that have the new secret already. */
  readonly renewed: readonly Webhook[];
  readonly times: Times;
}

/** All in milliseconds. */
export interface Times {
  /** How long functions remember a secret, and a little more. */
  readonly cache: number;
  /** The longest wait for a first delivery with the new secret. */
  readonly first: number;
  /** How long the old secret must be unused. */
  readonly idle: number;
  /** The interval between checks. */
  readonly every: number;
}

/**
 * Continues after a new secret was written, in an order that rejects and loses no delivery. It can be started again
 * after any step. Both webhooks send until the new one is known to work; duplicates have the same id. The old
 * secret can only become unused once the old webhook is gone.
 *
 * @throws LabelrelayError if a step failed: both secrets verify then
 */
export async function rotate(rotation: Rotation): Promise<void> {
  const { source, times, api, old } = rotation;
  say('1/5 the new secret is written');
  await wait('every function reads it', times.cache);
  say('2/5 every function has read it');
  const since = Date.now();
  await giveToPlatform(rotation);
  say(`3/5 ${source} has it`);
  if (old.length > 0) await expectDelivery(rotation, since);
  if (!api.changeSecret) for (const { id } of old) await api.remove(id);
  say('4/5 nothing sends with the old secret any more');
  await expectIdle(rotation, Date.now());
  await retire(rotation);
  say('5/5 the old secret is not accepted any more');
}

/**
 * Continues for a leaked secret, which stops verifying first. Deliveries with it are rejected until the webhooks
 * have changed.
 */
export async function revoke(rotation: Rotation): Promise<void> {
  const { api, old, source, byHand } = rotation;
  await retire(rotation);
  say('1/2 the old secret is removed: within 60 seconds no function accepts it');
  await giveToPlatform(rotation);
  if (!api.changeSecret) for (const { id } of old) await api.remove(id);
  say(`2/2 ${source} has the new one`);
  if (byHand) say(byHand);
}

/** Changes the secret of the old webhooks, or creates a new webhook beside those of each kind. */
async function giveToPlatform({ api, old, renewed, secret }: Rotation): Promise<void> {
  const known = new Set(renewed.map(kindOf));
  for (const webhook of old) {
    if (api.changeSecret) {
      await api.changeSecret(webhook.id, secret);
      continue;
    }
    if (known.has(kindOf(webhook))) continue;
    known.add(kindOf(webhook));
    const { url, project, topics } = webhook;
    await api.create({ url, project, secret, topics: topics === 'all' ? undefined : topics });
  }
}

/** The same key for webhooks that send the same events. */
const kindOf = ({ url, project, topics }: Webhook): string =>
  JSON.stringify([url, project, topics === 'all' ? topics : [...topics].sort()]);

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

/** @param offAt when the platform stopped using the old secret, in milliseconds since 1970 */
async function expectIdle({ source, deployment, times }: Rotation, offAt: number): Promise<void> {
  const isIdle = async () => {
    const since = Date.now() - times.idle;
    if (since < offAt) return false;
    return (await sumMetric('Verified.previous', source, since, deployment.config)) === 0;
  };
  const waiting = { every: times.every, most: times.idle + times.first };
  if (await waitUntil('the old secret becomes unused', isIdle, waiting)) return;
  throw new LabelrelayError(
    'unavailable',
    'deliveries still come with the old secret, perhaps from a webhook of another project (--project)',
  );
}

/** Removes the replaced version. */
export async function retire({
  name,
  deployment: { config },
}: Pick<Rotation, 'name' | 'deployment'>): Promise<void> {
  const { previous } = (await secretVersions(name, config)) ?? {};
  if (previous) await retirePrevious(name, previous.id, config);
}
