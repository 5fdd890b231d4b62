import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clientOptions } from '../../lib/aws/client/client-options';
import { secretsManagerAt, sqsAt } from '../support/aws-clients';
import { eventually } from '../support/eventually';
import { LEGACY_TOKEN, startLabelStudioStub } from '../support/label-studio-stub';
import { API_KEY, type LabelboxServer, startLabelbox } from '../support/labelbox-server';
import { drain } from '../support/read-queues';
import { runCli, startCli } from '../support/run-cli';
import { invoke, type Stack } from './emulator/stack';

/** Tests the commands of operators on a deployed stack. */
export function commandLine(deployed: () => Stack & { readonly endpoint: string }): void {
  let labelbox: LabelboxServer;
  const cli = (...args: string[]) => runCli(args, environment());
  const environment = () => ({
    AWS_ENDPOINT_URL: deployed().endpoint,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'emulated',
    LABELBOX_GRAPHQL_URL: labelbox.url,
    LABELBOX_API_KEY: API_KEY,
  });
  const versions = async (source = 'labelbox') => {
    const SecretId = `labelrelay/dev/${source}`;
    const read = (VersionStage: string) =>
      secretsManagerAt(deployed().endpoint)
        .send(new GetSecretValueCommand({ SecretId, VersionStage }))
        .then(
          ({ SecretString }) => SecretString,
          () => undefined,
        );
    return { current: await read('AWSCURRENT'), previous: await read('AWSPREVIOUS') };
  };

  /** CloudWatch computes this metric from the log, but the emulator does not. */
  const countDelivery = (source = 'labelbox') =>
    new CloudWatchClient(
      clientOptions({ region: 'us-east-1', endpoint: deployed().endpoint }),
    ).send(
      new PutMetricDataCommand({
        Namespace: 'labelrelay/dev',
        // Only whole minutes after the creation of the webhook count, and the current one may end before that.
        MetricData: [60_000, 120_000].map((later) => ({
          MetricName: 'Verified.current',
          Dimensions: [{ Name: 'source', Value: source }],
          Value: 1,
          Timestamp: new Date(Date.now() + later),
        })),
      }),
    );

  beforeAll(async () => {
    labelbox = await startLabelbox();
  });
  afterAll(() => labelbox.stop());

  test('sends deliveries, shows events, and redrives dead letters', async () => {
    const { endpoint, url } = deployed();
    await drain(endpoint, ['tap']);
    const tail = startCli(
      ['tail', 'project.created', '--limit', '1', '--for', '30s'],
      environment(),
    );
    const sent = await cli('send', 'project-created', '--url', url, '--json');
    expect(sent.json).toMatchObject([{ status: 202, events: 1 }]);
    const { code, stdout } = await tail.ended;
    expect([code, JSON.parse(stdout).type]).toEqual([0, 'labelrelay.project.created']);

    // A worker whose every try fails.
    const QueueUrl = `${endpoint}/000000000000/labelrelay-dev-project-created`;
    const sqs = sqsAt(endpoint);
    for (let tries = 0; tries < 6; tries++) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      for (const { ReceiptHandle } of Messages) {
        const again = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
        await sqs.send(new ChangeMessageVisibilityCommand(again));
      }
    }
    const list = await cli('dlq', 'list');
    expect(list.stdout).toMatch(/project-created +1 +0 +1x every try failed/);
    const redriven = await cli('dlq', 'redrive', 'project.created', '--yes', '--json');
    expect(redriven.json).toEqual([{ queue: 'project-created', letters: 1, moved: 1 }]);
    expect((await drain(endpoint)).map(({ queue }) => queue)).toEqual(['project-created']);
    expect((await cli('held', 'list')).stdout).toBe('nothing is held\n');
  }, 60_000);

  test('registers a webhook, and rotates its secret to the end', async () => {
    const { outputs } = deployed();
    // Earlier tests have replaced the secret.
    await cli('secret', 'retire', 'labelbox', '--even-if-used', '--yes');
    await cli('webhooks', 'create', 'labelbox');
    const before = await versions();
    expect(labelbox.webhooks).toMatchObject([
      { url: outputs.get('WebhookUrlLabelbox'), secret: before.current, status: 'ACTIVE' },
    ]);
    const times = ['--cache', '1s', '--first', '30s', '--every', '1s', '--idle', '1s'];
    const rotating = startCli(['secret', 'rotate', 'labelbox', '--yes', ...times], environment());
    while (!/3\/5/.test(rotating.output().stderr)) {
      await Promise.race([rotating.ended, new Promise((resolve) => setTimeout(resolve, 100))]);
      if (rotating.process.exitCode !== null) throw new Error(rotating.output().stderr);
    }
    // Both webhooks send until the new one is known to work.
    expect(labelbox.webhooks.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
    const during = await versions();
    expect(during.previous).toBe(before.current);
    await countDelivery();
    const { code, stdout, stderr } = await rotating.ended;
    expect([code, stdout, stderr]).toEqual([
      0,
      'labelrelay/dev/labelbox is replaced\n',
      expect.stringContaining('5/5'),
    ]);
    const after = await versions();
    expect(after).toEqual({ current: during.current, previous: undefined });
    expect(after.current).not.toBe(before.current);
    expect(labelbox.webhooks).toMatchObject([
      { status: 'INACTIVE', secret: before.current },
      { status: 'ACTIVE', secret: after.current, url: outputs.get('WebhookUrlLabelbox') },
    ]);
    for (const secret of [before.current, after.current]) {
      expect(stdout + stderr).not.toContain(secret);
    }
  }, 60_000);

  test('resumes a rotation that stopped, and starts no other before', async () => {
    const before = await versions();
    const rotate = ['secret', 'rotate', 'labelbox', '--yes'];
    const rotating = startCli(rotate, environment());
    while (rotating.process.exitCode === null && !/1\/5/.test(rotating.output().stderr)) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    rotating.process.kill('SIGINT');
    const { code, stderr } = await rotating.ended;
    expect(code).toBe(130);
    const resume = 'npx labelrelay secret rotate labelbox --resume';
    expect(stderr.split('\n').slice(-3)).toEqual([
      'error: stopped: both secrets verify. To continue:',
      `  ${resume}`,
      '',
    ]);
    const again = await cli(...rotate);
    expect([again.code, again.stderr]).toEqual([5, expect.stringContaining(resume)]);
    const { current, previous } = await versions();
    expect(previous).toBe(before.current);

    await countDelivery();
    const times = ['--cache', '1s', '--idle', '1s', '--every', '1s'];
    expect((await cli(...rotate, '--resume', ...times)).code).toBe(0);
    expect(await versions()).toEqual({ current, previous: undefined });
    expect(labelbox.webhooks.filter(({ status }) => status === 'ACTIVE')).toMatchObject([
      { secret: current },
    ]);
    expect((await cli(...rotate, '--resume')).code).toBe(4);
  }, 60_000);

  test('gives the platform a secret once, however often a rotation is resumed', async () => {
    const rotate = ['secret', 'rotate', 'labelbox', '--yes', '--cache', '1s', '--idle', '1s'];
    const active = () => labelbox.webhooks.filter(({ status }) => status === 'ACTIVE');
    await countDelivery();
    // Listing works, creating works, and the third call fails: the old webhook stays.
    labelbox.faults.push(undefined, undefined, 'error');
    expect((await cli(...rotate)).code).toBe(1);
    expect(active()).toHaveLength(2);
    labelbox.faults.push(undefined, 'error');
    expect((await cli(...rotate, '--resume')).code).toBe(1);
    expect(active()).toHaveLength(2);
    expect((await cli(...rotate, '--resume')).code).toBe(0);
    expect(active()).toMatchObject([{ secret: (await versions()).current }]);
  }, 60_000);

  test('removes a leaked secret at once', async () => {
    const before = await versions();
    const { code } = await cli('secret', 'rotate', 'labelbox', '--revoke-now', '--yes');
    expect(code).toBe(0);
    const after = await versions();
    expect(after).toEqual({ current: labelbox.webhooks.at(-1)?.secret, previous: undefined });
    expect(after.current).not.toBe(before.current);
    expect(labelbox.webhooks.filter(({ status }) => status === 'ACTIVE')).toHaveLength(1);
  }, 60_000);

  test('removes a leaked secret without an API key, and prints the manual steps', async () => {
    const before = await versions();
    const environmentWithoutKey = { ...environment(), LABELBOX_API_KEY: '' };
    const rotate = ['secret', 'rotate', 'labelbox', '--revoke-now', '--yes'];
    const { code, stdout } = await runCli(rotate, environmentWithoutKey);
    const after = await versions();
    expect([code, after.previous]).toEqual([0, undefined]);
    expect(after.current).not.toBe(before.current);
    expect(stdout).not.toContain(after.current);
    expect(stdout.match(/^\d(?=\. )/gm)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(stdout).toContain('1. Read the new secret: aws secretsmanager get-secret-value');
    expect(stdout).toMatch(/create a webhook to http\S+\/webhooks\/labelbox with the new secret/);
    // With a key, but without a webhook in the API: those of version 2 exist in the app only.
    const known = labelbox.webhooks.splice(0);
    const again = await cli(...rotate, '--json');
    expect([again.code, again.json]).toEqual([
      0,
      { secret: 'labelrelay/dev/labelbox', webhooks: [], steps: expect.any(Array) },
    ]);
    expect((await versions()).current).not.toBe(after.current);
    expect(labelbox.webhooks.splice(0, Infinity, ...known)).toEqual([]);
  }, 60_000);

  test('rotates the secret of a webhook in its place, with an API key from Secrets Manager', async () => {
    const { endpoint, outputs } = deployed();
    const studio = await startLabelStudioStub();
    const environmentOfStudio = { ...environment(), LABEL_STUDIO_URL: studio.url };
    const secrets = secretsManagerAt(endpoint);
    const Name = 'labelrelay/dev/api-keys/label-studio';
    await secrets.send(new CreateSecretCommand({ Name, SecretString: `${LEGACY_TOKEN}\n` }));

    const onStudio = (...args: string[]) => runCli(args, environmentOfStudio);
    const before = await versions('label-studio');
    expect((await onStudio('webhooks', 'create', 'label-studio', '--project', '7')).code).toBe(0);
    const [webhook] = studio.webhooks;
    if (!webhook) throw new Error('expected a webhook');
    expect(webhook.headers).toEqual({ Authorization: `Bearer ${before.current}` });
    webhook.headers['X-Proxy-Key'] = 'of somebody else';
    await countDelivery('label-studio');
    const times = ['--cache', '1s', '--idle', '1s'];
    const rotated = await onStudio('secret', 'rotate', 'label-studio', '--yes', ...times);
    expect([rotated.code, rotated.stdout]).toEqual([
      0,
      'labelrelay/dev/label-studio is replaced\n',
    ]);
    const after = await versions('label-studio');
    expect(after).toEqual({ current: expect.any(String), previous: undefined });
    expect(after.current).not.toBe(before.current);
    expect(studio.webhooks).toMatchObject([
      {
        url: outputs.get('WebhookUrlLabelDashstudio'),
        headers: { Authorization: `Bearer ${after.current}`, 'X-Proxy-Key': 'of somebody else' },
        is_active: true,
      },
    ]);
    for (const secret of [LEGACY_TOKEN, before.current, after.current]) {
      expect(rotated.stdout + rotated.stderr).not.toContain(secret);
    }
    studio.stop();
    await secrets.send(
      new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }),
    );
  }, 60_000);

  test('sets a secret from standard input, and retires the one before', async () => {
    const set = ['secret', 'set', 'labelbox', '--yes'];
    const short = await runCli(set, environment(), 'short\n');
    expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('at least 16')]);
    await runCli(set, environment(), 'a-secret-of-our-own-choice\n');
    expect(await versions()).toMatchObject({
      current: 'a-secret-of-our-own-choice',
      previous: expect.any(String),
    });
    const retire = ['secret', 'retire', 'labelbox', '--idle', '1s'];
    expect((await cli(...retire)).code).toBe(5);
    // The platform still has the replaced secret. Its deliveries were not counted for it while it was current.
    const early = await cli('secret', 'retire', 'labelbox', '--yes');
    expect([early.code, early.stderr]).toEqual([5, expect.stringMatching(/replaced \d+s ago/)]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await cli(...retire, '--yes')).toMatchObject({ code: 0, stderr: '' });
    expect((await versions()).previous).toBeUndefined();
    expect((await cli(...retire, '--yes')).code).toBe(4);
  }, 60_000);

  test('doctor finds no problem once functions have read the new secret', async () => {
    const { endpoint, url } = deployed();
    // the label store could not read some messages of earlier tests.
    await cli('dlq', 'purge', 'label-store', '--yes');
    // After a wrong signature, a function reads the secret again at most every ten seconds.
    await new Promise((resolve) => setTimeout(resolve, 10_500));
    const { code, json } = await cli('doctor', '--url', url, '--json');
    // Compares whole findings, so that a failure shows the reason.
    expect(json.filter(({ state }: { state: string }) => state === 'problem')).toEqual([]);
    const states = json.map(({ check, state }: { check: string; state: string }) => [check, state]);
    expect([code, Object.fromEntries(states)]).toEqual([
      0,
      {
        stack: 'ok',
        url: expect.stringMatching(/ok|warning/),
        clock: 'ok',
        concurrency: 'ok',
        throttling: 'ok',
        'secret labelbox': 'ok',
        'secret label-studio': 'ok',
        queues: 'ok',
        'heard labelbox': 'skipped',
        'heard label-studio': 'skipped',
        held: 'ok',
        labels: 'ok',
        'reconcile labelbox': 'skipped',
        'reconcile label-studio': 'skipped',
        alarms: 'ok',
        'webhooks labelbox': 'ok',
        'webhooks label-studio': 'skipped',
        probe: 'ok',
      },
    ]);
    expect((await drain(endpoint)).map(({ queue }) => queue)).toEqual(['unrecognized']);
  }, 60_000);

  test('a source that has stopped sending is a metric, and a problem of doctor', async () => {
    const { endpoint } = deployed();
    const heard = async () => {
      const { json } = await cli('doctor', '--no-probe', '--json');
      return json.filter(({ check }: { check: string }) => check.startsWith('heard'));
    };
    const silent = async () => {
      const read = async () => {
        const lines = await readLog(endpoint, '/aws/lambda/labelrelay-dev-silence');
        return lines.filter(({ message }) =>
          /^source (is not silent|has stopped)/.test(`${message}`),
        );
      };
      const before = await read();
      await invoke(endpoint, 'labelrelay-dev-silence', {});
      const metrics = await eventually(read, (lines) => lines.length > before.length + 1);
      return Object.fromEntries(metrics.map(({ source, Silent }) => [source, Silent ?? 0]));
    };
    // It was heard every hour until six hours ago, which is more than three times the longest gap.
    await count('Heard', every(HOUR, 10 * 24 * HOUR, 6 * HOUR));
    // The probe of doctor is accepted, and is no sign of life.
    await count('Accepted', [2 * HOUR]);
    expect(await silent()).toEqual({ labelbox: 1, 'label-studio': 0 });
    expect(await heard()).toEqual([
      {
        check: 'heard labelbox',
        state: 'problem',
        found: expect.stringMatching(
          /^last heard 6h ago: 6(\.\d)? hours in which it usually sends, of 3$/,
        ),
        fix: 'docs/runbook/silent.md',
      },
      { check: 'heard label-studio', state: 'skipped', found: 'nothing came in four weeks' },
    ]);
    await count('Heard', [HOUR / 2]);
    expect(await silent()).toEqual({ labelbox: 0, 'label-studio': 0 });
    expect(await heard()).toContainEqual({
      check: 'heard labelbox',
      state: 'ok',
      found: expect.stringMatching(/^last heard 3\dm ago$/),
    });
  }, 60_000);

  /** @param ages how long ago each delivery came, in milliseconds */
  async function count(MetricName: string, ages: readonly number[]): Promise<void> {
    const { endpoint } = deployed();
    const client = new CloudWatchClient(clientOptions({ region: 'us-east-1', endpoint }));
    const MetricData = ages.map((age) => ({
      MetricName,
      Dimensions: [{ Name: 'source', Value: 'labelbox' }],
      Value: 1,
      Timestamp: new Date(Date.now() - age),
    }));
    // The client compresses longer requests, which the emulator does not read.
    for (let at = 0; at < MetricData.length; at += 20) {
      const some = MetricData.slice(at, at + 20);
      await client.send(
        new PutMetricDataCommand({ Namespace: 'labelrelay/dev', MetricData: some }),
      );
    }
  }
}

const HOUR = 3_600_000;

/** Ages in steps. */
const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.floor((from - to) / step) + 1 }, (_, index) => from - index * step);

/** The JSON lines of a log, the newest last. */
async function readLog(endpoint: string, logGroupName: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Logs_20140328.FilterLogEvents',
      authorization:
        'AWS4-HMAC-SHA256 Credential=tests/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ logGroupName }),
  });
  const { events = [] } = (await answer.json()) as { events?: { message: string }[] };
  return events.flatMap(({ message }) => {
    try {
      return [JSON.parse(message)];
    } catch {
      return [];
    }
  });
}
