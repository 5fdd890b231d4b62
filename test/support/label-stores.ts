import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { dynamoLabelItems } from '../../lib/aws/dynamodb/dynamo-label-items';
import { tableKeys } from '../../lib/aws/dynamodb/table-keys';
import { s3LabelObjects } from '../../lib/aws/s3/s3-label-objects';
import { memoryItems } from '../../lib/label-store/memory-items';
import { memoryObjects } from '../../lib/label-store/memory-objects';
import type { LabelPorts } from '../../lib/label-store/ports';
import { startAws, startDynamoDb } from '../../lib/server/start-embedded';
import { dynamoDbAt, s3At } from './aws-clients';

/** Where the items and objects of a label store are in a test. */
export interface LabelPlaces {
  readonly ports: LabelPorts;
  /** The keys of its objects. */
  objects(): Promise<readonly string[]>;
}

export function inMemory(): LabelPlaces {
  const objects = memoryObjects();
  return {
    ports: { items: memoryItems(), objects },
    objects: async () => [...objects.bodies.keys()],
  };
}

/** DynamoDB and S3 in processes of their own. */
export async function startLabelPlaces() {
  const [aws, dynamo] = await Promise.all([startAws(0), startDynamoDb(0)]);
  const [client, s3] = [dynamoDbAt(dynamo.endpoint), s3At(aws.endpoint)];
  return {
    endpoints: { aws: aws.endpoint, dynamo: dynamo.endpoint },
    client,
    s3,
    /** Makes a table, and a bucket of the same name. */
    async createTable(table: string = randomUUID()): Promise<string> {
      await client.send(new CreateTableCommand({ TableName: table, ...tableKeys }));
      const wait = { client, minDelay: 0.02, maxDelay: 0.1, maxWaitTime: 10 };
      await waitUntilTableExists(wait, { TableName: table });
      await s3.send(new CreateBucketCommand({ Bucket: table }));
      return table;
    },
    /** @param through wraps each client, such as to make its calls fail */
    places(
      table: string,
      through: <C extends DynamoDBClient | S3Client>(client: C) => C = (same) => same,
    ): LabelPlaces {
      return {
        ports: {
          items: dynamoLabelItems({ client: through(client), table }),
          objects: s3LabelObjects(through(s3), table),
        },
        async objects() {
          const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: table }));
          return Contents.map(({ Key = '' }) => Key);
        },
      };
    },
    stop() {
      client.destroy();
      s3.destroy();
      aws.stop();
      dynamo.stop();
    },
  };
}
