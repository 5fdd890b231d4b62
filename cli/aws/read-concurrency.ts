import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import type { Where } from '../../lib/aws/operate/where';
import { lambda } from './lambda';

/** The number of concurrent executions that the account allows, for all functions of the region together. */
export async function readConcurrency(where: Where): Promise<number> {
  const { AccountLimit } = await lambda(where).send(new GetAccountSettingsCommand({}));
  return AccountLimit?.ConcurrentExecutions ?? 0;
}
