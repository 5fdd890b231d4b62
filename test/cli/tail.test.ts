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
  const { server, env, cli } = await startForCli();

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
    expect.stringMatching(/^label.created {7}labelbox {6}label\//),
    ...Array(3).fill(expect.stringMatching(/^task.created {8}label-studio {2}task\//)),
  ]);
  // Nothing was received from a topic's own queue.
  const received = await drain(server.aws, ['task-created', 'label-created']);
  expect(received).toHaveLength(4);

  const none = await cli('tail', '--limit', '1', '--for', '1s');
  expect([none.code, none.stdout]).toEqual([3, '']);
  // Three at once: what is beyond the limit is there at once for whoever looks next.
  await cli('send', 'project-created', 'tasks-created');
  const one = ['tail', 'task.created', '--limit', '1', '--for', '10s', '--json'];
  const shown = [await cli(...one), await cli(...one), await cli(...one, '--summary')];
  expect(shown.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(shown[0]?.json).toMatchObject({ specversion: '1.0', type: 'labelrelay.task.created' });
  expect(shown[2]?.json).toEqual({
    id: expect.any(String),
    recordedtime: expect.any(String),
    type: 'labelrelay.task.created',
    source: '/label-studio',
    subject: expect.stringMatching(/^task\//),
  });
  expect(new Set(shown.map(({ json }) => json.id)).size).toBe(3);

  const QueueUrl = `${server.aws}/000000000000/labelrelay-dev-tap`;
  const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes = {} } = await sqsAt(server.aws).send(all);
  // The one of another topic is left too.
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
  expect(Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible)).toBe(
    1,
  );
  expect(Attributes.MessageRetentionPeriod).toBe('300');
  expect(Attributes.RedrivePolicy).toBeUndefined();
});

test('without a tap it says how to have one', async () => {
  const server = await startServer({ LABELRELAY_TAP: 'false' });
  const env = { AWS_ENDPOINT_URL: server.aws };
  const { code, stderr } = await runCli(['tail'], env);
  expect([code, stderr]).toEqual([4, expect.stringContaining('start it with LABELRELAY_TAP=true')]);
  expect((await runCli(['tail', 'label.eaten'], env)).code).toBe(2);
});
