import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Output,
} from '@aws-sdk/client-cloudformation';
import type { Template } from './left-behind';

/** A deployed stack, and its deployment bucket. */
export interface Stack {
  readonly template: Template;
  readonly bucket?: string;
}

/** @returns undefined if the stack does not exist */
export async function readStack(
  cloudFormation: CloudFormationClient,
  StackName: string,
): Promise<Stack | undefined> {
  const { Stacks: [stack] = [] } = await cloudFormation
    .send(new DescribeStacksCommand({ StackName }))
    .catch((error: Error) => {
      if (/does not exist/.test(error.message)) return { Stacks: [] };
      throw error;
    });
  // REVIEW_IN_PROGRESS is the state after a failed import: a name without resources.
  if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS') return undefined;
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
  const isBucket = ({ OutputKey }: Output) => OutputKey === 'ServerlessDeploymentBucketName';
  return { template: JSON.parse(TemplateBody), bucket: stack.Outputs?.find(isBucket)?.OutputValue };
}
