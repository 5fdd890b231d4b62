import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Output,
} from '@aws-sdk/client-cloudformation';
import type { Template } from './left-behind';

/** A stack that is there, and the bucket that it is deployed from. */
export interface Stack {
  readonly template: Template;
  readonly bucket?: string;
}

/** @returns undefined when there is no stack */
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
  // The second is what an import that failed leaves: a name without a stack.
  if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS') return undefined;
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
  const isBucket = ({ OutputKey }: Output) => OutputKey === 'ServerlessDeploymentBucketName';
  return { template: JSON.parse(TemplateBody), bucket: stack.Outputs?.find(isBucket)?.OutputValue };
}
