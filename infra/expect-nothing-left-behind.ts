import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { invalidConfiguration } from './invalid-configuration';
import { type Client, findLeftBehind, type Template } from './left-behind';
import { readStack } from './read-stack';

/**
 * Before a deployment: whether a name that it needs is taken by what an earlier stack left. AWS would
 * say so in the middle of it, and roll back.
 *
 * @throws LabelrelayError `invalid-configuration` that says how the stack takes it over
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
