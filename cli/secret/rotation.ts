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
  /** What has the secret too, and nobody can tell by an API. */
  readonly byHand?: string;
  /** The name of its secret, */
  readonly name: string;
  /** and the one that is to be in force. */
  readonly secret: string;
  readonly api: WebhookApi;
  /** Those that have the secret that is replaced, */
  readonly old: readonly Webhook[];
  /** and those that have the new one already. */
  readonly renewed: readonly Webhook[];
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
 * What follows when a new secret was written, in the order in which no delivery is refused and none is
 * lost. It may be begun again at any point. Both webhooks send until the new one is
 * known to work: what comes twice has one id. Only without the old webhook can the old secret fall idle.
 *
 * @throws LabelrelayError when it stopped on the way: both secrets verify then
 */
export async function rotate(rotation: Rotation): Promise<void> {
  const { source, times, api, old } = rotation;
  say('1/5 the new secret is written');
  await wait('every function learns it', times.cache);
  say('2/5 every function knows it');
  const since = Date.now();
  await giveToPlatform(rotation);
  say(`3/5 ${source} has it`);
  if (old.length > 0) await expectDelivery(rotation, since);
  if (!api.changeSecret) for (const { id } of old) await api.remove(id);
  say('4/5 nothing sends with the old secret any more');
  await expectIdle(rotation, Date.now());
  await retire(rotation);
  say('5/5 the old secret verifies no more');
}

/**
 * What follows for a secret that has leaked: it stops verifying first. What the platform sends with it
 * until its webhook has changed is refused.
 */
export async function revoke(rotation: Rotation): Promise<void> {
  const { api, old, source, byHand } = rotation;
  await retire(rotation);
  say('1/2 the old secret is taken away: within 60 seconds no function takes it');
  await giveToPlatform(rotation);
  if (!api.changeSecret) for (const { id } of old) await api.remove(id);
  say(`2/2 ${source} has the new one`);
  if (byHand) say(byHand);
}

/** Has one webhook with the new secret stand beside the old ones of each kind, or changes theirs. */
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

/** The same for webhooks that tell of the same. */
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

/** @param offAt since when the platform has no old secret, in milliseconds since 1970 */
async function expectIdle({ source, deployment, times }: Rotation, offAt: number): Promise<void> {
  const isIdle = async () => {
    const since = Date.now() - times.idle;
    if (since < offAt) return false;
    return (await sumMetric('Verified.previous', source, since, deployment.config)) === 0;
  };
  const waiting = { every: times.every, most: times.idle + times.first };
  if (await waitUntil('the old secret falls idle', isIdle, waiting)) return;
  throw new LabelrelayError(
    'unavailable',
    'deliveries still come with the old secret, perhaps of a webhook that another project has (--project)',
  );
}

/** Takes the replaced version away. */
export async function retire({
  name,
  deployment: { config },
}: Pick<Rotation, 'name' | 'deployment'>): Promise<void> {
  const { previous } = (await secretVersions(name, config)) ?? {};
  if (previous) await retirePrevious(name, previous.id, config);
}
