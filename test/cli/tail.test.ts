import { setTimeout } from 'node:timers/promises';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, expect, test } from '@jest/globals';
import { sqsAt } from '../support/aws-clients';
import { startServer, stopServers } from '../support/faces';
import { drain } from '../support/read-queues';
import { runCli, startCli } from '../support/run-cli';
import { startForCli } from '../support/start-for-cli';

afterAll(stopServers);

test('events are shown as they come, until Ctrl-C, and topic queues are left alone', async () => {
  const { server, env, cli } = await startForCli({ LABELRELAY_TAP: 'true' });

  const running = startCli(['tail', '--summary'], env);
  await cli('send', 'tasks-created', 'v1-label-created-2023');
  const seen = () => running.output().stdout.split('\n').length - 1;
  while (seen() < 4) await setTimeout(50);
  running.process.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  expect([code, stderr]).toEqual([130, '']);
  // By topic: the time stands before it.
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => line.slice(14));
  expect(lines.sort()).toEqual([
    expect.stringMatching(/^label.created {7}labelbox {2}label\//),
    ...Array(3).fill(expect.stringMatching(/^task.created {8}label-studio {2}task\//)),
  ]);
  // Nothing was received from a topic's own queue.
  const received = await drain(server.aws, ['task-created', 'label-created']);
  expect(received).toHaveLength(4);

  await cli('send', 'project-created', 'v1-label-created-2023');
  const one = await cli('tail', 'label.created', '--limit', '1', '--for', '10s', '--json');
  expect(one.code).toBe(0);
  expect(one.json).toMatchObject({ specversion: '1.0', type: 'labelrelay.label.created' });
  const none = await cli('tail', '--limit', '1', '--for', '1s');
  expect([none.code, none.stdout]).toEqual([3, '']);

  const QueueUrl = `${server.aws}/000000000000/labelrelay-dev-tap`;
  const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes = {} } = await sqsAt(server.aws).send(all);
  expect(Attributes.MessageRetentionPeriod).toBe('300');
  expect(Attributes.RedrivePolicy).toBeUndefined();
});

test('without a tap it says how to have one', async () => {
  const server = await startServer();
  const env = { AWS_ENDPOINT_URL: server.aws };
  const { code, stderr } = await runCli(['tail'], env);
  expect([code, stderr]).toEqual([4, expect.stringContaining('LABELRELAY_TAP=true npm start')]);
  expect((await runCli(['tail', 'label.eaten'], env)).code).toBe(2);
});
