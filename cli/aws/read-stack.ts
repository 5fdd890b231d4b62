import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Where } from '../../lib/aws/operate/clients';
import { LabelrelayError } from '../../lib/errors';
import { cloudFormation } from './clients';

export interface Stack {
  readonly status: string;
  readonly outputs: ReadonlyMap<string, string>;
}

/** @throws LabelrelayError `not-found` */
export async function readStack(name: string, where: Where): Promise<Stack> {
  const { Stacks = [] } = await cloudFormation(where)
    .send(new DescribeStacksCommand({ StackName: name }))
    .catch((error: Error) => {
      if (!/does not exist/.test(error.message)) throw error;
      return { Stacks: [] };
    });
  const [stack] = Stacks;
  if (!stack) {
    const message = `expected a stack ${name} in ${where.region}, got none: deploy it, name another with --stage and --region, or add --local for \`npm start\``;
    throw new LabelrelayError('not-found', message);
  }
  const { StackStatus = '', Outputs = [] } = stack;
  return {
    status: StackStatus,
    outputs: new Map(
      Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
  };
}
