import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { longTimeoutOptions, type Where } from '../../lib/aws/operate/where';
import { LabelrelayError } from '../../lib/errors';

export interface Stack {
  readonly status: string;
  readonly outputs: ReadonlyMap<string, string>;
}

/** @throws LabelrelayError `not-found` */
export async function readStack(name: string, where: Where): Promise<Stack> {
  const { Stacks = [] } = await new CloudFormationClient(longTimeoutOptions(where))
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
