import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startAws } from '../../lib/server/start-embedded';
import { buildEvent } from '../../lib/testing/build-event';
import { s3At } from '../support/aws-clients';
import { startTables } from '../support/dynamo';
import { installedKit } from '../support/python-kit';

const EXAMPLES = join(__dirname, '../../docs/examples');

interface Call {
  readonly url: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the members that it expects
  readonly body: any;
}

/** Stands in for GitHub and SageMaker. It knows a training job by its name, and starts none twice. */
const calls: Call[] = [];
const stub = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  const body = JSON.parse(text);
  const { TrainingJobName } = body;
  const isKnown =
    TrainingJobName && calls.some((call) => call.body.TrainingJobName === TrainingJobName);
  calls.push({ url: request.url ?? '', headers: request.headers, body });
  if (isKnown) response.writeHead(400).end(JSON.stringify({ __type: 'ResourceInUse' }));
  else response.writeHead(TrainingJobName ? 200 : 204).end(TrainingJobName ? '{}' : '');
});

let python: string;
let tables: Awaited<ReturnType<typeof startTables>>;
let aws: Awaited<ReturnType<typeof startAws>>;
beforeAll(async () => {
  python = join(installedKit(), 'python');
  [tables, aws] = await Promise.all([startTables(), startAws(0)]);
  await new Promise<void>((resolve) => void stub.listen(0, '127.0.0.1', resolve));
  await s3At(aws.endpoint).send(new CreateBucketCommand({ Bucket: 'training' }));
});
afterAll(() => {
  tables.stop();
  aws.stop();
  stub.close();
});

const milestone = (epoch: number) =>
  buildEvent(
    'milestone.reached',
    { project: { id: '7' }, source: 'label-studio', subjects: 500, epoch },
    {
      source: '/label-studio',
      subject: 'milestone/retrain/project/7',
      sequence: `2026-01-01T00:00:0${epoch}.000000Z-1`,
    },
  );

/** Has an example handle messages, each in turn. */
async function handle(example: string, events: readonly object[], table: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'milestones-'));
  const code = readFileSync(join(EXAMPLES, example), 'utf8').replace('milestone-marks', table);
  writeFileSync(join(folder, 'example.py'), code);
  writeFileSync(
    join(folder, 'run.py'),
    'import sys\nfrom example import worker\nfor line in sys.stdin:\n    worker(line)\n',
  );
  // Stands in for the command line: it writes a data set where it is told to.
  const npx = join(folder, 'npx');
  writeFileSync(
    npx,
    '#!/bin/sh\nwhile [ "$1" != --out ]; do shift; done\necho "{}" > "$2/coco.json"\n',
  );
  chmodSync(npx, 0o755);
  const url = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`;
  const child = spawn(python, ['run.py'], {
    cwd: folder,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: {
      PATH: folder + delimiter + process.env.PATH,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
      AWS_ENDPOINT_URL_S3: aws.endpoint,
      AWS_ENDPOINT_URL_SAGEMAKER: url,
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: 'team/models',
      GITHUB_TOKEN: 'token',
      TRAINING_BUCKET: 'training',
      TRAINING_ROLE: 'arn:aws:iam::123456789012:role/training',
      TRAINING_IMAGE: '123456789012.dkr.ecr.us-east-1.amazonaws.com/train:1',
    },
  });
  child.stdin.end(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
}

test('a workflow of GitHub starts once for each epoch', async () => {
  const { table } = await tables.create();
  calls.length = 0;
  // The second epoch comes first, and the first one twice.
  const [one, two] = [milestone(1), milestone(2)];
  await handle('start_workflow.py', [two, one, one], table);
  const inputs = { source: 'label-studio', project: '7', subjects: '500' };
  expect(calls).toMatchObject(
    ['2', '1'].map((epoch) => ({
      url: '/repos/team/models/actions/workflows/train.yml/dispatches',
      headers: { authorization: 'Bearer token' },
      body: { ref: 'main', inputs: { ...inputs, epoch } },
    })),
  );
});

test('a training job of SageMaker starts once on the exported data set', async () => {
  const { table } = await tables.create();
  calls.length = 0;
  // The same epoch with another id is an epoch whose first worker died after the call.
  const event = milestone(3);
  await handle('train_on_export.py', [event, event, { ...event, id: 'again' }], table);
  const name = 'retrain-label-studio-7-3';
  expect(calls.map(({ body }) => body.TrainingJobName)).toEqual([name, name]);
  expect(calls[0]?.body.InputDataConfig[0].DataSource.S3DataSource.S3Uri).toBe(
    `s3://training/datasets/${name}/`,
  );
  const { Contents = [] } = await s3At(aws.endpoint).send(
    new ListObjectsV2Command({ Bucket: 'training' }),
  );
  expect(Contents.map(({ Key }) => Key)).toEqual([`datasets/${name}/coco.json`]);
});
