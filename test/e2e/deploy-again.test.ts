import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { topics } from '../../lib/events/topics';
import { s3At, secretsManagerAt, sqsAt } from '../support/aws-clients';
import { changedConfig, osls } from './emulator/stack';
import { type Emulator, startAws } from './emulator/start-aws';

let aws: Emulator;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.stop());

const deploy = (...options: string[]) =>
  osls(aws.endpoint, 'deploy', '--stage', 'again', ...options);

/** Queues of the topics, of the label store and of milestones, each with its dead-letter queue; the bucket; two secrets. */
const RESOURCES_OF_ALL = 2 * (topics.length + 2) + 1 + 2;

const RESOURCES = '\nresources: $';

/** Adds a resource that AWS cannot create, after all queues, the bucket and the secrets. */
const broken = (text: string): string =>
  text.replace(
    `${RESOURCES}{file(infra/index.js):resources}`,
    `\nresources:\n  - \${file(infra/index.js):resources}\n  - Resources:\n      Broken:\n        Type: AWS::Nothing::There\n        DependsOn: [Dashboard, DeliveriesBucketPolicy, LabelboxSecret, AuditQueuePolicy]`,
  );

const withQueue = (text: string): string =>
  text.replace('routes: {}', 'routes: { label.created: [label-created, audit] }');

const isOurs = (name: string | undefined): boolean => /labelrelay.again/.test(name ?? '');

async function names(): Promise<string[]> {
  const { QueueUrls = [] } = await sqsAt(aws.endpoint).send(new ListQueuesCommand({}));
  const { Buckets = [] } = await s3At(aws.endpoint).send(new ListBucketsCommand({}));
  const { SecretList = [] } = await secretsManagerAt(aws.endpoint).send(new ListSecretsCommand({}));
  return [
    ...QueueUrls,
    ...Buckets.map(({ Name = '' }) => Name).filter((name) => !/deploymentbucket/.test(name)),
    ...SecretList.map(({ Name = '' }) => Name),
  ].filter(isOurs);
}

test('a first deployment that fails halfway leaves nothing, and the next one succeeds', async () => {
  const config = changedConfig((text) => broken(withQueue(text)));
  await expect(deploy('--config', config)).rejects.toThrow('AWS::Nothing::There');
  expect(await names()).toEqual([]);
  await deploy();
  expect(await names()).toHaveLength(RESOURCES_OF_ALL);
});

test('a change that fails halfway removes its own queues, and no others', async () => {
  const sqs = sqsAt(aws.endpoint);
  const QueueUrl = `${aws.endpoint}/000000000000/labelrelay-again-label-created`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
  const before = await names();
  const config = changedConfig((text) => broken(withQueue(text)));
  await expect(deploy('--config', config)).rejects.toThrow('AWS::Nothing::There');
  expect(await names()).toEqual(before);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  expect(Attributes?.ApproximateNumberOfMessages).toBe('1');
  await deploy('--config', changedConfig(withQueue));
  // The queue `audit` and its dead-letter queue.
  expect(await names()).toHaveLength(RESOURCES_OF_ALL + 2);
});
