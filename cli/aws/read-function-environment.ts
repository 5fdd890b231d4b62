import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { Where } from '../../lib/aws/operate/where';
import type { Environment } from '../../lib/config/environment';
import { lambda } from './lambda';

/** The environment variables of a deployed function. */
export async function readFunctionEnvironment(name: string, where: Where): Promise<Environment> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: name });
  const { Environment } = await lambda(where).send(command);
  return Environment?.Variables ?? {};
}
