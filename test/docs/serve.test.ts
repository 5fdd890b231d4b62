import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readServeConfig } from '../../lib/config/read-serve-config';

const page = readFileSync(join(__dirname, '../../docs/serve.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);

/** What the page takes from elsewhere, and a command line of AWS that only repeats what it was told. */
const STAND_INS = `
output() { echo "output-$1"; }
aws() { for argument in "$@"; do printf '%s\\0' "$argument"; done; }
STAGE=prod AWS_REGION=eu-west-1 ACCOUNT=123456789012 IMAGE=image EXECUTION_ROLE_ARN=arn
CLUSTER=cluster SUBNETS=subnet-1 SECURITY_GROUP=sg-1 TARGET_GROUP_ARN=arn
`;

const argumentsOf = (command: string): string[] => {
  const block = blocks.find((text) => text.includes(command)) ?? '';
  const told = execFileSync('bash', ['-euc', STAND_INS + block], { encoding: 'utf8' });
  return told.split('\0');
};

test('the task of ECS has all that the server needs to know, and its role', () => {
  const task = JSON.parse(argumentsOf('register-task-definition')[3] ?? '');
  expect(task.taskRoleArn).toBe('output-ServerRoleArn');
  const [{ environment, stopTimeout }] = task.containerDefinitions;
  const config = readServeConfig(
    Object.fromEntries(environment.map(({ name, value }: Record<string, string>) => [name, value])),
  );
  expect(config).toMatchObject({
    stage: 'prod',
    bucket: 'output-BucketName',
    queueUrlBase: 'https://sqs.eu-west-1.amazonaws.com/123456789012/',
    redelivers: false,
    trustedProxies: 1,
  });
  expect(stopTimeout * 1_000).toBeGreaterThanOrEqual(config.drainMs + 60_000);
});

test('the service of ECS names nothing that the page does not', () => {
  expect(argumentsOf('create-service').join(' ')).not.toMatch(/\$/);
});
