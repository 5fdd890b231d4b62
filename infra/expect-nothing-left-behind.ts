import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { invalidConfiguration } from './invalid-configuration';
import { type Client, findLeftBehind, type Template } from './left-behind';
import { readStack } from './read-stack';

/**
 * Checks before a deployment that no name is taken by a resource of an earlier stack. AWS would fail in the
 * middle of the deployment, and roll back.
 *
 * @throws LabelrelayError `invalid-configuration` with the command that imports these resources
 */
export async function expectNothingLeftBehind(
  { template, stackName, stage }: { template: Template; stackName: string; stage: string },
  client: Client,
): Promise<void> {
  const present = await readStack(new CloudFormationClient(client), stackName);
  const found = await findLeftBehind(
    template,
    new Set(Object.keys(present?.template.Resources ?? {})),
    client,
  );
  if (found.length === 0) return;
  const names = found.map(({ type, name }) => `${type} ${name}`);
  throw invalidConfiguration(
    `expected no ${found.length === 1 ? 'resource' : 'resources'} of these names, which are left of an earlier deployment:\n  ${names.join('\n  ')}\nThe stack takes them over, with everything in them:\n  npm run adopt -- --stage ${stage} --region ${client.region}\nThen deploy again.`,
  );
}
