import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Values } from '../consume/keep-newest';
import {
  type DynamoTable,
  isWritten,
  OLDER,
  positionValues,
  toAttribute,
  toExpires,
} from './dynamo-table';

/**
 * Values in a DynamoDB table whose partition key is `key`, a string, and whose time to live is
 * `expires`: each as JSON in `value`, beside the `sequence` and `id` of the event that made it. A
 * value is kept in one call.
 */
export const dynamoValues = <V>({
  client = new DynamoDBClient(),
  table,
}: DynamoTable): Values<V> => ({
  async keep(key, position, value, expiresAt) {
    const { sequence, id } = position;
    const command = new PutItemCommand({
      TableName: table,
      Item: {
        key: { S: key },
        sequence: { S: sequence },
        id: { S: id },
        value: value === null ? { NULL: true } : toAttribute(value),
        ...(expiresAt !== undefined && { expires: toExpires(expiresAt) }),
      },
      ConditionExpression: OLDER,
      ExpressionAttributeNames: { '#sequence': 'sequence', '#id': 'id' },
      ExpressionAttributeValues: positionValues(position),
    });
    return isWritten(client.send(command));
  },
});
