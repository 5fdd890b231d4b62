import { createHash } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Poison } from '../../lib/consume/poison';
import { startAws } from '../../lib/server/start-embedded';
import { buildEvent, memoryMarks } from '../../lib/testing';
import { createWorker, inOrder } from '../../lib/worker';
import { s3At } from '../support/aws-clients';

const environment = { ...process.env };
let aws: Awaited<ReturnType<typeof startAws>>;
beforeAll(async () => {
  aws = await startAws(0);
  Object.assign(process.env, {
    // A host that has no name for each bucket.
    AWS_ENDPOINT_URL: aws.endpoint.replace('127.0.0.1', 'localhost'),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  });
});
afterEach(() => {
  delete process.env.LABELRELAY_BUCKET;
});
afterAll(() => {
  process.env = environment;
  aws.stop();
});

/** Stores data as the receiver does, and returns the event with its claim check. */
async function largeEvent(Bucket: string): Promise<string> {
  const { data: _, ...event } = buildEvent('label.created');
  const Body = JSON.stringify({ platform: 'labelbox', labels: [{ id: 'large' }] });
  const digest = createHash('sha256').update(Body).digest('hex');
  const s3 = s3At(aws.endpoint);
  await s3.send(new CreateBucketCommand({ Bucket })).catch(() => {});
  await s3.send(new PutObjectCommand({ Bucket, Key: `data/${digest}`, Body }));
  const dataref = `s3://${Bucket}/data/${digest}`;
  return JSON.stringify({ ...event, dataref, datadigest: `sha256:${digest}` });
}

/** A worker that is told nothing of buckets, and the ids of the labels that it saw. */
function makeWorker() {
  const seen: (string | undefined)[] = [];
  const worker = createWorker(
    { 'label.created': ({ data }) => void seen.push(...(data.labels ?? []).map(({ id }) => id)) },
    { guard: inOrder(memoryMarks()) },
  );
  return { seen, worker };
}

test('a worker that is told nothing reads the bucket that the event names', async () => {
  const { seen, worker } = makeWorker();
  expect(await worker(await largeEvent('first-bucket'))).toBe('done');
  expect(await worker(await largeEvent('second-bucket'))).toBe('done');
  expect(seen).toEqual(['large', 'large']);
});

test('in the environment of a deployment it reads the bucket of that, and no other', async () => {
  process.env.LABELRELAY_BUCKET = 'first-bucket';
  const { seen, worker } = makeWorker();
  expect(await worker(await largeEvent('first-bucket'))).toBe('done');
  await expect(worker(await largeEvent('second-bucket'))).rejects.toBeInstanceOf(Poison);
  expect(seen).toEqual(['large']);
});

test.each(['s3://first-bucket', 's3:///data/x', 's3://first-bucket/'])(
  'a place that is none, %s, is poison',
  async (dataref) => {
    const { worker } = makeWorker();
    const event = { ...JSON.parse(await largeEvent('first-bucket')), dataref };
    await expect(worker(JSON.stringify(event))).rejects.toBeInstanceOf(Poison);
  },
);
