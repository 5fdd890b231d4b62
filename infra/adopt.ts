// Without a library: osls cannot import existing resources into a stack. CloudFormation itself can.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackImportComplete,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { hideNodeWarning } from '../lib/aws/client/hide-node-warning';
import { LabelrelayError } from '../lib/errors';
import { findLeftBehind, type LeftBehind, type Template } from './left-behind';
import { readStack, type Stack } from './read-stack';

/**
 * `npm run adopt -- --stage prod --region us-east-1`: imports the resources that a removed stack retained into
 * a stack again.
 */
async function adopt(args: string[]): Promise<string> {
  const { stage, region } = readOptions(args);
  execFileSync('node_modules/.bin/osls', ['package', ...args], { stdio: 'inherit' });
  const template = readTemplate('.serverless/cloudformation-template-update-stack.json');
  const { service } = readTemplate<{ service: { service: string } }>(
    '.serverless/serverless-state.json',
  );
  const stackName = `${service.service}-${stage}`;
  const cloudFormation = new CloudFormationClient({ region });
  const present = await readStack(cloudFormation, stackName);
  const found = await findLeftBehind(
    template,
    new Set(Object.keys(present?.template.Resources ?? {})),
    { region },
  );
  if (found.length === 0) {
    const reason = present
      ? `${stackName} has it all`
      : `${stackName} never was there, or left nothing`;
    return `There is nothing to take over in ${region}: ${reason}.`;
  }
  await importInto(cloudFormation, stackName, present, found);
  return [
    `${stackName} has taken over:`,
    ...found.map(({ type, name }) => `  ${type} ${name}`),
    `Now deploy: npx osls deploy ${args.join(' ')}`,
  ].join('\n');
}

function readOptions(args: string[]): { stage: string; region: string } {
  const { values } = parseArgs({
    args,
    strict: false,
    options: { stage: { type: 'string', short: 's' }, region: { type: 'string', short: 'r' } },
  });
  const { stage, region } = values;
  if (typeof stage === 'string' && typeof region === 'string') return { stage, region };
  throw new LabelrelayError(
    'invalid-configuration',
    `expected npm run adopt -- --stage <stage> --region <region>, got ${args.join(' ') || 'neither'}`,
  );
}

const readTemplate = <T = Template>(path: string): T => JSON.parse(readFileSync(path, 'utf8'));

/**
 * The template of the import: the stack as it is, and the resources found. An import can neither create nor
 * change a resource.
 */
async function importInto(
  cloudFormation: CloudFormationClient,
  StackName: string,
  present: Stack | undefined,
  found: LeftBehind[],
): Promise<void> {
  const template = {
    ...present?.template,
    Resources: {
      ...present?.template.Resources,
      ...Object.fromEntries(found.map(({ id, resource }) => [id, resource])),
    },
  };
  const ChangeSetName = `adopt-${Date.now()}`;
  await cloudFormation.send(
    new CreateChangeSetCommand({
      StackName,
      ChangeSetName,
      ChangeSetType: 'IMPORT',
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      ...(await handOver(JSON.stringify(template), StackName, present?.bucket, cloudFormation)),
      ResourcesToImport: found.map(({ id, type, identifier }) => ({
        LogicalResourceId: id,
        ResourceType: type,
        ResourceIdentifier: identifier,
      })),
    }),
  );
  const waiter = { client: cloudFormation, maxWaitTime: 600, minDelay: 2, maxDelay: 5 };
  await waitUntilChangeSetCreateComplete(waiter, { StackName, ChangeSetName });
  await cloudFormation.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
  await waitUntilStackImportComplete(waiter, { StackName });
}

/** A template of more than 51,200 bytes must be in S3. The template of a whole stack is larger. */
async function handOver(
  template: string,
  stackName: string,
  bucket: string | undefined,
  { config }: CloudFormationClient,
): Promise<{ TemplateBody: string } | { TemplateURL: string }> {
  if (!bucket) return { TemplateBody: template };
  const region = await config.region();
  // Where osls remove deletes everything.
  const Key = `serverless/${stackName.replace('-', '/')}/adopt.json`;
  await new S3Client({ region }).send(
    new PutObjectCommand({ Bucket: bucket, Key, Body: template }),
  );
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { TemplateURL: `https://s3.${region}.${suffix}/${bucket}/${Key}` };
}

hideNodeWarning();
adopt(process.argv.slice(2)).then(
  (message) => process.stdout.write(`${message}\n`),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
