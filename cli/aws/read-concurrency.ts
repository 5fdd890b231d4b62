import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { lambda, type Where } from './clients';

/** How many calls of functions the account runs at once, all functions of the region together. */
export async function readConcurrency(where: Where): Promise<number> {
  const { AccountLimit } = await lambda(where).send(new GetAccountSettingsCommand({}));
  return AccountLimit?.ConcurrentExecutions ?? 0;
}
