import { isLoopback } from '../../lib/aws/client/client-options';
import type { Where } from '../../lib/aws/operate/where';
import { LabelrelayError } from '../../lib/errors';
import { baseUrlOf, webhookUrl } from '../../lib/webhook-api/webhook-url';
import { readStack } from '../aws/read-stack';
import type { Globals } from '../command/globals';
import type { DeployedSource, Deployment } from './deployment';
import { findLocal } from './find-local';
import { findStack, stackName } from './find-stack';
import { readPlaces } from './read-places';

/**
 * Finds the deployment for a command. That is the stack of the stage, or `npm start` with `--local` or if
 * AWS_ENDPOINT_URL is a stand-in on this machine without CloudFormation. LABELRELAY_URL replaces the address of a
 * stack.
 *
 * @throws LabelrelayError `not-found`, `invalid-configuration`
 */
export async function findDeployment({ stage, region, local }: Globals): Promise<Deployment> {
  const { endpoint, awsPort, dynamoDbPort, url } = readPlaces();
  const where = {
    region: region ?? 'us-east-1',
    endpoint: local ? `http://127.0.0.1:${awsPort}` : endpoint,
    hasCredentials: Boolean(process.env.AWS_ACCESS_KEY_ID),
  };
  if (local) return findLocal(stage, where, `http://127.0.0.1:${dynamoDbPort}`);
  const found = await findAt(stage, where);
  return url ? { ...found, sources: found.sources.map(at(baseUrlOf(url))) } : found;
}

async function findAt(stage: string, where: Where): Promise<Deployment> {
  const { endpoint } = where;
  const stack = await readStack(stackName(stage), where).catch((error: unknown) => {
    const isStandIn = endpoint !== undefined && isLoopback(endpoint);
    if (!isStandIn || error instanceof LabelrelayError) throw error;
    return undefined;
  });
  return stack ? findStack(stage, stack, where) : findLocal(stage, where);
}

const at =
  (base: string) =>
  (source: DeployedSource): DeployedSource => ({
    ...source,
    webhookUrl: webhookUrl(base, source.name),
  });
