import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoMarks } from '../../lib/aws/dynamodb/dynamo-marks';
import { dynamoValues } from '../../lib/aws/dynamodb/dynamo-values';
import { startTables } from '../support/dynamo';

const position = { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' };

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
  process.env.AWS_ENDPOINT_URL_DYNAMODB = tables.endpoint;
});
afterAll(() => {
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
  tables.stop();
});

const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };

test('a missing table on this machine is created, also by several workers at once', async () => {
  const workers = [1, 2, 3].map(() =>
    dynamoValues<string>({
      client: new DynamoDBClient({ region: 'us-east-1', credentials }),
      table: 'new-values',
    }),
  );
  const kept = await Promise.all(
    workers.map((values) => values.putIfNewer('/a/b', position, 'value')),
  );
  expect(kept.filter(Boolean)).toHaveLength(1);
  expect(await workers[0]?.newest('/a/b')).toMatchObject({ value: 'value' });

  const { endpoint } = tables;
  const client = new DynamoDBClient({ region: 'us-east-1', credentials, endpoint });
  const marks = dynamoMarks({ client, table: 'new-marks' });
  const lease = { owner: 'me', until: Date.now() + 60_000 };
  expect(await marks.claim('/a/b', position, lease)).toMatchObject({ is: 'claimed' });
});

test('a missing table elsewhere is an error, and none is created', async () => {
  const asked: string[] = [];
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials,
    endpoint: 'http://dynamodb.example.com',
    requestHandler: {
      // As DynamoDB answers for a table that does not exist.
      async handle({ headers }: { headers: Record<string, string> }) {
        asked.push(headers['x-amz-target'] ?? '');
        const body = JSON.stringify({
          __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
          message: 'Requested resource not found',
        });
        const answer = { statusCode: 400, headers: {}, body: new Blob([body]).stream() };
        return { response: answer };
      },
    } as never,
  });
  await expect(dynamoValues({ client, table: 'none' }).newest('/a/b')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(asked.filter((target) => !target.endsWith('UpdateItem'))).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
});
