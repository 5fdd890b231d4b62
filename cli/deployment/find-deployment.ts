import { isLoopback } from '../../lib/aws/client-options';
import { LabelrelayError } from '../../lib/errors';
import type { Where } from '../aws/clients';
import { readStack } from '../aws/read-stack';
import type { Globals } from '../command/globals';
import type { Deployment } from './deployment';
import { findLocal } from './find-local';
import { findStack, stackName } from './find-stack';

/**
 * The deployment that a command works on: the stack of the stage; with `--local`, or where
 * AWS_ENDPOINT_URL is a stand-in on this machine that knows no CloudFormation, what `npm start` runs.
 *
 * @throws LabelrelayError `not-found`
 */
export async function findDeployment({ stage, region, local }: Globals): Promise<Deployment> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_PORT = '4566' } = process.env;
  const where: Where = {
    region: region ?? 'us-east-1',
    endpoint: local ? (endpoint ?? `http://127.0.0.1:${AWS_PORT}`) : endpoint,
    hasCredentials: Boolean(process.env.AWS_ACCESS_KEY_ID),
  };
  if (local) return findLocal(stage, where);
  const stack = await readStack(stackName(stage), where).catch((error: unknown) => {
    const isStandIn = endpoint !== undefined && isLoopback(endpoint);
    if (!isStandIn || error instanceof LabelrelayError) throw error;
    return undefined;
  });
  return stack ? findStack(stage, stack, where) : findLocal(stage, where);
}
