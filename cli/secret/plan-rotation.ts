import { LabelrelayError } from '../../lib/errors';
import { toolsOf } from '../../lib/platforms/tools-of';
import { isSameUrl } from '../../lib/webhook-api/same-url';
import type { Webhook, WebhookApi } from '../../lib/webhook-api/webhook-api';
import { secretVersions } from '../aws/secret-versions';
import { commandFor } from '../command/command-for';
import type { Globals } from '../command/globals';
import { secretOf } from '../deployment/secret-of';
import { type Opened, open } from '../webhooks/open';
import { deployedSecret } from './deployed-secret';
import { generateSecret } from './new-secret';
import type { Rotation, Times } from './rotation';

/** Start a rotation, finish one that stopped, or revoke the old secret first. */
export type Mode = 'rotate' | 'resume' | 'revoke';

export interface Asked extends Times {
  readonly url?: string;
  readonly project?: string;
  readonly timeout: number;
}

/**
 * Finds out what a rotation has to do. Nothing is changed yet.
 *
 * @throws LabelrelayError `refused` if another rotation is not finished; `not-found` if there is no secret, no
 *   webhook, or no rotation to resume
 */
export async function planRotation(
  source: string,
  mode: Mode,
  asked: Asked,
  globals: Globals & { readonly place: string },
): Promise<Rotation> {
  const opened = await open(source, asked.timeout, globals);
  const { place } = globals;
  const { deployment, api } = opened;
  const name = deployedSecret(deployment, source);
  const { config } = deployment;
  const versions = await secretVersions(name, config);
  if (!versions) {
    const command = commandFor(`secret set ${source} --generate`, place);
    throw new LabelrelayError('not-found', `expected a secret ${name}, got none: ${command}`);
  }
  const replacedAt = versions.previous?.at ?? Number.NEGATIVE_INFINITY;
  const isUnfinished = replacedAt + config.secretOverlapMs > Date.now();
  if (mode === 'rotate' && isUnfinished) throw unfinished(name, source, asked, place);
  if (mode === 'resume' && !isUnfinished) throw finished(name);

  // A webhook that cannot change its secret has the one that was current at its creation.
  const isRenewed = ({ createdAt = '' }: Webhook): boolean =>
    mode === 'resume' && Date.parse(createdAt) > replacedAt;
  const webhooks = await findWebhooks(opened, asked, place);
  return {
    deployment,
    source,
    byHand: toolsOf(opened.source.platform)?.alsoByHand,
    name,
    secret: mode === 'resume' ? await secretOf(deployment, source) : generateSecret(),
    api,
    old: webhooks.filter((webhook) => !isRenewed(webhook)),
    renewed: webhooks.filter(isRenewed),
    times: asked,
  };
}

/** The webhooks that send with the secret of a source. */
async function findWebhooks(
  { api, source: { name, webhookUrl } }: Opened,
  { url = webhookUrl, project }: Asked,
  place: string,
): Promise<readonly Webhook[]> {
  const webhooks = await activeWebhooks(api, url, project);
  if (webhooks.length > 0) return webhooks;
  throw new LabelrelayError(
    'not-found',
    `expected active webhooks to ${url}, got none: ${commandFor(`webhooks list ${name}`, place)}`,
  );
}

/** The active webhooks to a URL. */
export const activeWebhooks = async (
  api: WebhookApi,
  url: string,
  project?: string,
): Promise<Webhook[]> =>
  (await api.list(project)).filter(
    (webhook) => webhook.status === 'active' && isSameUrl(webhook.url, url),
  );

function unfinished(
  name: string,
  source: string,
  { url, project }: Asked,
  place: string,
): LabelrelayError {
  const resume = commandFor(`secret rotate ${source} --resume`, place, { url, project });
  const retire = commandFor(`secret retire ${source}`, place);
  return new LabelrelayError(
    'refused',
    `expected no replaced version of ${name} that still verifies, got one, which would end at once. To finish that rotation:
  ${resume}
or, when nothing is sent with it any more:
  ${retire}`,
  );
}

const finished = (name: string): LabelrelayError =>
  new LabelrelayError(
    'not-found',
    `expected a replaced version of ${name} that still verifies, got none: there is nothing left to do`,
  );
