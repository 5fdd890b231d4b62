import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Where } from '../../lib/aws/operate/where';
import { LabelrelayError } from '../../lib/errors';
import { lambda } from './lambda';

/** Runs a function and waits for its end. @throws LabelrelayError `unavailable` if it fails */
export async function invoke(FunctionName: string, event: object, where: Where): Promise<void> {
  const Payload = Buffer.from(JSON.stringify(event));
  const { FunctionError } = await lambda(where).send(new InvokeCommand({ FunctionName, Payload }));
  if (!FunctionError) return;
  throw new LabelrelayError(
    'unavailable',
    `expected ${FunctionName} to succeed, got an error: see its log /aws/lambda/${FunctionName}`,
  );
}
