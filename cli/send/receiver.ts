import { LabelrelayError } from '../../lib/errors';
import type { PlatformName } from '../../lib/platforms/platforms';
import { signDelivery } from '../../lib/testing/sign-delivery';
import type { Globals } from '../command/globals';
import { findDeployment } from '../deployment/find-deployment';
import { secretOf } from '../deployment/secret-of';
import type { Unsigned } from './fixtures';
import { type Posted, post } from './post';

/** Where deliveries go, and with which secret. */
export interface Target {
  /** The source that they come from: the one named as their platform unless said. */
  readonly source?: string;
  /** What stands before `/webhooks/<source>`, or the whole URL, where it is not the deployment's. */
  readonly url?: string;
}

export type Receiver = (delivery: Unsigned) => Promise<Posted>;

/** Any receiver, with the secret of the environment; else that of a deployment, with its own. */
export async function receiver(target: Target, globals: Globals): Promise<Receiver> {
  const { LABELRELAY_SECRET: secret } = process.env;
  const { url } = target;
  if (secret && url) {
    return ({ platform, body, event }) => {
      const source = target.source ?? platform;
      return post(webhookUrl(url, source), signDelivery(platform, body, { secret, source, event }));
    };
  }
  return toDeployment(target, globals);
}

async function toDeployment(target: Target, globals: Globals): Promise<Receiver> {
  const deployment = await findDeployment(globals);
  const secrets = new Map<string, Promise<string>>();
  const addresses = new Map(deployment.sources.map((source) => [source.name, source]));
  return async ({ platform, body, event }) => {
    const name = target.source ?? platform;
    const source = addresses.get(name);
    if (source?.platform !== platform) throw wrongSource(name, platform, [...addresses.keys()]);
    if (!secrets.has(name)) secrets.set(name, secretOf(deployment, name));
    const secret = (await secrets.get(name)) ?? '';
    const url = target.url ? webhookUrl(target.url, name) : source.webhookUrl;
    return post(url, signDelivery(platform, body, { secret, source: name, event }));
  };
}

const webhookUrl = (url: string, source: string): string =>
  /\/webhooks\/[^/]+\/?$/.test(url) ? url : `${url.replace(/\/$/, '')}/webhooks/${source}`;

const wrongSource = (name: string, platform: PlatformName, names: readonly string[]) =>
  new LabelrelayError(
    'usage',
    `expected a source of ${platform} among ${names.join(', ')}, got ${name}: say it with --source`,
  );
