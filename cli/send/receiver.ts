import { hasCode, LabelrelayError } from '../../lib/errors';
import type { PlatformName } from '../../lib/platforms/platforms';
import type { Unsigned } from '../../lib/testing/fixtures';
import { signDelivery } from '../../lib/testing/sign-delivery';
import { webhookUrl } from '../../lib/webhook-api/webhook-url';
import { whyDenied } from '../command/denied';
import { explainError } from '../command/explain-error';
import type { Globals } from '../command/globals';
import type { Deployment } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { isOwn, originOf } from '../deployment/is-own';
import { secretOf } from '../deployment/secret-of';
import { type Posted, post } from './post';

/** The destination of deliveries, and their secret. */
export interface Target {
  /** The source of the deliveries; by default the one named after their platform. */
  readonly source?: string;
  /** Another URL than the deployment's, with or without `/webhooks/<source>`. */
  readonly url?: string;
}

export type Receiver = (delivery: Unsigned) => Promise<Posted>;

/**
 * Any receiver with the secret from the environment, or the deployment with its own secret.
 *
 * @throws LabelrelayError `usage` if a secret of the deployment would be sent to another host
 */
export async function receiver(target: Target, globals: Globals): Promise<Receiver> {
  const { LABELRELAY_SECRET: secret } = process.env;
  const { url } = target;
  if (!url) return toDeployment(await findDeployment(globals), target);
  if (secret) {
    return ({ platform, body, event }) => {
      const source = target.source ?? platform;
      return post(webhookUrl(url, source), signDelivery(platform, body, { secret, source, event }));
    };
  }
  const deployment = await findDeployment(globals).catch((error: unknown) => {
    throw isNone(error) ? withoutSecret(url, explainError(error)) : error;
  });
  if (!isOwn(url, deployment)) throw withoutSecret(url, 'it is not an address of the deployment');
  return toDeployment(deployment, target);
}

const isNone = (error: unknown): boolean =>
  whyDenied(error) !== undefined || hasCode(error, 'not-found');

const withoutSecret = (url: string, why: string) =>
  new LabelrelayError(
    'usage',
    `expected LABELRELAY_SECRET to sign with for ${originOf(url)}, got none, and ${why}`,
  );

function toDeployment(deployment: Deployment, target: Target): Receiver {
  const secrets = new Map<string, Promise<string>>();
  return async ({ platform, body, event }) => {
    const name = target.source ?? platform;
    const source = deployment.sources.find((each) => each.name === name);
    if (source?.platform !== platform) throw wrongSource(name, platform, deployment);
    if (!secrets.has(name)) secrets.set(name, secretOf(deployment, name));
    const secret = (await secrets.get(name)) ?? '';
    const url = target.url ? webhookUrl(target.url, name) : source.webhookUrl;
    return post(url, signDelivery(platform, body, { secret, source: name, event }));
  };
}

function wrongSource(
  name: string,
  platform: PlatformName,
  { sources, secrets }: Deployment,
): LabelrelayError {
  const known = sources.find((source) => source.name === name);
  const fitting = sources.filter((source) => source.platform === platform);
  const names = fitting.map((source) => source.name).join(', ') || 'there is none';
  const expected = `expected a source of ${platform} (${names}), got ${name}`;
  if (known)
    return new LabelrelayError('usage', `${expected}, which is of ${known.platform}: see --source`);
  const how = secrets
    ? `which is not set here. Set the same value as for \`npm start\`: LABELRELAY_SOURCES=${name}:${platform}:<secret>`
    : 'which is not deployed: add it to `sources` in serverless.yml, and deploy';
  return new LabelrelayError('usage', `${expected}, ${how}`);
}
