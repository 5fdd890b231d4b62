import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { s3StoredObjects } from '../../lib/aws/s3/s3-stored-objects';
import { readConfig } from '../../lib/config/read-config';
import { type Answer, type ServiceStub, startServiceStub } from '../support/service-stub';

let stub: ServiceStub;
beforeEach(async () => {
  stub = await startServiceStub();
});
afterEach(() => stub.stop());

const settings = () => readConfig({ ...process.env, AWS_ENDPOINT_URL: stub.origin });
const xml =
  (text: string): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/xml' }).end(text);

const objects = (key: string, truncated: string): Answer =>
  xml(`<ListBucketResult><Contents><Key>${key}</Key></Contents>${truncated}</ListBucketResult>`);
const uploads = (key: string, truncated: string): Answer =>
  xml(
    `<ListMultipartUploadsResult><Upload><Key>${key}</Key><UploadId>u</UploadId></Upload>${truncated}</ListMultipartUploadsResult>`,
  );
const more = (marker: string): string => `<IsTruncated>true</IsTruncated>${marker}`;
const END = '<IsTruncated>false</IsTruncated>';
const token = (text: string) => `<NextContinuationToken>${text}</NextContinuationToken>`;
const place = (key: string, upload: string) =>
  `<NextKeyMarker>${key}</NextKeyMarker><NextUploadIdMarker>${upload}</NextUploadIdMarker>`;

/** The keys of a list, and the error at its end. */
async function walk(list: AsyncIterable<unknown>): Promise<{ got: number; error?: unknown }> {
  let got = 0;
  try {
    for await (const _ of list) got++;
    return { got };
  } catch (error) {
    return { got, error };
  }
}
const UNAVAILABLE = expect.objectContaining({ code: 'unavailable' });

describe.each<[string, () => AsyncIterable<unknown>, typeof objects, (one: string) => string]>([
  ['objects', () => s3StoredObjects(settings()).list('held/'), objects, token],
  ['uploads', () => s3StoredObjects(settings()).unfinished(), uploads, (one) => place(one, 'u')],
])('a list of %s', (_, list, page, marker) => {
  test('goes on to its end', async () => {
    stub.answers = [page('a', more(marker('1'))), page('b', more(marker('2'))), page('c', END)];
    expect(await walk(list())).toEqual({ got: 3 });
    expect(stub.received).toHaveLength(3);
  });

  test('that is truncated without a marker ends there with a warning', async () => {
    stub.answers = [page('a', more(''))];
    expect(await walk(list())).toEqual({ got: 1, error: UNAVAILABLE });
  });

  test('that repeats a marker ends there with a warning', async () => {
    stub.answers = [page('a', more(marker('1')))];
    expect(await walk(list())).toEqual({ got: 2, error: UNAVAILABLE });
    // Also when another one comes between.
    stub.answers = [1, 2, 1, 2].map((one) => page('a', more(marker(String(one)))));
    expect(await walk(list())).toEqual({ got: 3, error: UNAVAILABLE });
  });
});

test('folders are listed by one call, and a list of them that breaks off is an error', async () => {
  const page = (folder: string, truncated: string) =>
    xml(
      `<ListBucketResult><CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>${truncated}</ListBucketResult>`,
    );
  stub.answers = [page('held/large/', more(token('1'))), page('held/verified/', END)];
  const { folders } = s3StoredObjects(settings());
  expect(await folders('held/')).toEqual(['held/large/', 'held/verified/']);
  expect(stub.received[0]?.url).toMatch(/[?&]delimiter=%2F.*[?&]prefix=held%2F/);
  stub.answers = [page('held/large/', more(''))];
  await expect(folders('held/')).rejects.toMatchObject({ code: 'unavailable' });
});

test('a list of uploads that is answered as one of objects ends', async () => {
  stub.answers = [objects('a', more('<NextMarker>a</NextMarker>'))];
  expect(await walk(s3StoredObjects(settings()).unfinished())).toEqual({
    got: 0,
    error: UNAVAILABLE,
  });
});

test('uploads of one key go on by their ids', async () => {
  stub.answers = [
    uploads('a', more(place('a', '1'))),
    uploads('a', more(place('a', '2'))),
    uploads('a', END),
  ];
  expect(await walk(s3StoredObjects(settings()).unfinished())).toEqual({ got: 3 });
});

test('whatever answers without an ETag is not S3, and nothing is known of the object', async () => {
  stub.answers = [(response) => response.writeHead(200).end('<html>')];
  await expect(s3StoredObjects(settings()).get('a')).rejects.toMatchObject({ code: 'unavailable' });
  await expect(s3StoredObjects(settings()).open('a')).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('the end of an object without bytes is empty', async () => {
  stub.answers = [
    (response) => response.writeHead(416).end('<Error><Code>InvalidRange</Code></Error>'),
  ];
  const opened = await s3StoredObjects(settings()).open('a', { last: 34 });
  expect(opened?.size).toBe(0);
  for await (const _ of opened?.chunks ?? []) throw new Error('expected no bytes');
});
