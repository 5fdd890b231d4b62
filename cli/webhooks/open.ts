import type { WebhookApi } from '../../lib/webhook-api/webhook-api';
import type { Globals } from '../command/globals';
import { type DeployedSource, type Deployment, sourceOf } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { findWebhookApi } from './find-webhook-api';

export interface Opened {
  readonly deployment: Deployment;
  readonly source: DeployedSource;
  readonly api: WebhookApi;
}

/** Finds the deployment, the source and the API of its platform. @param timeout in milliseconds */
export async function open(source: string, timeout: number, globals: Globals): Promise<Opened> {
  const deployment = await findDeployment(globals);
  const found = sourceOf(deployment, source);
  return { deployment, source: found, api: await findWebhookApi(found, deployment, timeout) };
}
