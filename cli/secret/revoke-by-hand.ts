import { LabelrelayError } from '../../lib/errors';
import { toolsOf } from '../../lib/platforms/tools-of';
import { putSecret, secretVersions } from '../aws/secret-versions';
import { commandFor } from '../command/command-for';
import type { Globals } from '../command/globals';
import { type DeployedSource, type Deployment, sourceOf } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { confirm } from '../terminal/confirm';
import { print, printJson } from '../terminal/print';
import { findApiKey, findWebhookApi } from '../webhooks/find-webhook-api';
import { deployedSecret } from './deployed-secret';
import { generateSecret } from './new-secret';
import { type Asked, activeWebhooks } from './plan-rotation';
import { retire } from './rotation';

/**
 * Replaces a leaked secret if no API can give the platform the new one: there is no API key, or the webhooks exist
 * in the platform's app only. Prints the steps to do by hand.
 *
 * @returns false if the API can do it, and nothing was changed
 * @throws LabelrelayError `not-found` if there is no secret, `refused` if it was not confirmed
 */
export async function revokeByHand(
  source: string,
  asked: Asked,
  globals: Globals & { readonly place: string; readonly yes?: boolean },
): Promise<boolean> {
  const { place, yes } = globals;
  const deployment = await findDeployment(globals);
  const name = deployedSecret(deployment, source);
  const found = sourceOf(deployment, source);
  const { platform, webhookUrl } = found;
  const url = asked.url ?? webhookUrl;
  if (await knowsWebhooks(found, deployment, { ...asked, url })) return false;

  const { config } = deployment;
  if (!(await secretVersions(name, config))) {
    const command = commandFor(`secret set ${source} --generate`, place);
    throw new LabelrelayError('not-found', `expected a secret ${name}, got none: ${command}`);
  }
  await confirm(
    `${name} is replaced at once. Deliveries of ${source} are rejected until its app has the new secret.`,
    yes,
  );
  await putSecret(name, generateSecret(), config);
  await retire({ name, deployment });
  const steps = [
    `Read the new secret: aws secretsmanager get-secret-value --secret-id ${name} --region ${config.region} --output text --query SecretString`,
    ...(toolsOf(platform)?.giveSecret(url) ?? [
      `Give the new secret to ${platform}, for every webhook to ${url}.`,
    ]),
    `A minute later, check the deployment: ${commandFor('doctor', place)}`,
    'Export from the platform the labels of the meantime: their deliveries were rejected.',
  ];
  if (globals.json) printJson({ secret: name, webhooks: [], steps });
  else {
    print(`${name} is replaced, and the old secret stops working within 60 seconds. Now, by hand:`);
    for (const [at, step] of steps.entries()) print(`${at + 1}. ${step}`);
  }
  return true;
}

async function knowsWebhooks(
  source: DeployedSource,
  deployment: Deployment,
  { url, project, timeout }: Asked & { readonly url: string },
): Promise<boolean> {
  if (!(await findApiKey(source, deployment))) return false;
  const api = await findWebhookApi(source, deployment, timeout);
  return (await activeWebhooks(api, url, project)).length > 0;
}
