import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readServeConfig } from '../../lib/config/read-serve-config';

const page = readFileSync(join(__dirname, '../../docs/serve.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);

/** The variables and functions of other pages, and a stand-in for the AWS command line that echoes its arguments. */
const STAND_INS = `
output() { echo "output-$1"; }
aws() {
  if [[ "$1 $2" = 'lambda get-function-configuration' ]]; then echo "$OF_FUNCTION"; return; fi
  for argument in "$@"; do printf '%s\\0' "$argument"; done
}
STAGE=prod AWS_REGION=eu-west-1 IMAGE=image EXECUTION_ROLE_ARN=arn
CLUSTER=cluster SUBNETS=subnet-1 SECURITY_GROUP=sg-1 TARGET_GROUP_ARN=arn
`;

/** The environment of the function. */
const OF_FUNCTION = {
  NODE_OPTIONS: '--enable-source-maps',
  LABELRELAY_STAGE: 'prod',
  LABELRELAY_SOURCES: 'labelbox:labelbox,studio:label-studio',
  LABELRELAY_ROUTES: '{"label.created":["label-created","audit"]}',
  LABELRELAY_ALLOW_LISTS: '{"labelbox":["192.0.2.0/24"]}',
  LABELRELAY_LABEL_STORE: 'true',
  LABELRELAY_TAP: 'true',
  LABELRELAY_ARCHIVE: 'true',
  LABELRELAY_MODELS: '',
  LABELRELAY_MILESTONES: '[]',
  LABELRELAY_COMPLETION: 'true',
  LABELRELAY_NATIVE: 'false',
  LABELRELAY_CLAIM_CHECK_BYTES: '65536',
  LABELRELAY_MAX_BODY_BYTES: '4194304',
  LABELRELAY_SECRET_OVERLAP_DAYS: '7',
  LABELRELAY_BUCKET: 'labelrelay-prod-123456789012-eu-west-1',
  LABELRELAY_QUEUE_URL_BASE: 'https://sqs.eu-west-1.amazonaws.com/123456789012/',
};

const argumentsOf = (command: string): string[] => {
  const block = blocks.find((text) => text.includes(command)) ?? '';
  const environment = blocks.find((text) => text.startsWith('environment()')) ?? '';
  const told = execFileSync('bash', ['-euc', STAND_INS + environment + block], {
    encoding: 'utf8',
    env: { ...process.env, OF_FUNCTION: JSON.stringify(OF_FUNCTION) },
  });
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
    bucket: 'labelrelay-prod-123456789012-eu-west-1',
    queueUrlBase: 'https://sqs.eu-west-1.amazonaws.com/123456789012/',
    archive: true,
    native: false,
    claimCheckBytes: 65_536,
    // The server's own, not that of the function.
    maxBodyBytes: 4_294_967_296,
    unset: [],
    redelivers: false,
    trustedProxies: 1,
  });
  expect(config.routes['label.created']).toEqual([
    'label-created',
    'audit',
    'label-store',
    'milestones',
    'tap',
  ]);
  expect(config.allowLists.has('labelbox')).toBe(true);
  expect(stopTimeout * 1_000).toBeGreaterThanOrEqual(config.drainMs + 60_000);
});

test('the service of ECS names nothing that the page does not', () => {
  expect(argumentsOf('create-service').join(' ')).not.toMatch(/\$/);
});
