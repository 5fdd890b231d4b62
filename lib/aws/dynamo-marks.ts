import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Claim, Lease, Marks } from '../consume/marks';
import { compare, type Position } from '../consume/position';
import {
  type DynamoTable,
  type Item,
  isWritten,
  OLDER,
  positionValues,
  toExpires,
} from './dynamo-table';

/**
 * Marks in a DynamoDB table whose partition key is `key`, a string, and whose time to live is
 * `expires`. A claim is one call, and so is settling it.
 */
export function dynamoMarks(
  { client = new DynamoDBClient(), table }: DynamoTable,
  now: () => number = Date.now,
): Marks {
  const TableName = table;
  const keyOf = (key: string): Item => ({ key: { S: key } });
  const read = async (key: string): Promise<Item> => {
    const command = new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true });
    return (await client.send(command)).Item ?? {};
  };

  /** @returns false when somebody else has the lease */
  const update = async (
    key: string,
    { owner }: Lease,
    UpdateExpression: string,
    values: Item = {},
  ): Promise<boolean> => {
    const command = new UpdateItemCommand({
      TableName,
      Key: keyOf(key),
      UpdateExpression,
      ConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: namesIn(`${UpdateExpression} #owner`),
      ExpressionAttributeValues: { ':owner': { S: owner }, ...values },
    });
    return isWritten(client.send(command));
  };

  return {
    async claim(key, position, { owner, until }) {
      const UpdateExpression = 'SET #owner = :owner, #until = :until';
      const ConditionExpression = `(${OLDER}) AND (attribute_not_exists(#until) OR #until <= :now)`;
      const command = new UpdateItemCommand({
        TableName,
        Key: keyOf(key),
        UpdateExpression,
        ConditionExpression,
        ExpressionAttributeNames: namesIn(UpdateExpression + ConditionExpression),
        ExpressionAttributeValues: {
          ...positionValues(position),
          ':owner': { S: owner },
          ':until': { N: String(until) },
          ':now': { N: String(now()) },
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await client.send(command);
        return { is: 'claimed' };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // A server that does not tell what was there is asked.
        return judge(error.Item ?? (await read(key)), position);
      }
    },

    extend: (key, lease) =>
      update(key, lease, 'SET #until = :until', { ':until': { N: String(lease.until) } }),

    settle(key, position, lease, expiresAt) {
      const isKept = expiresAt === undefined;
      const set = `SET #sequence = :sequence, #id = :id${isKept ? '' : ', #expires = :expires'}`;
      const remove = ` REMOVE #owner, #until${isKept ? ', #expires' : ''}`;
      const expires = { ':expires': toExpires(expiresAt ?? 0) };
      return update(key, lease, set + remove, {
        ...positionValues(position),
        ...(isKept ? {} : expires),
      });
    },

    has: async (key) => (await read(key)).id !== undefined,

    async release(key, lease) {
      await update(key, lease, 'REMOVE #owner, #until');
    },
  };
}

/** Why a claim was refused. */
function judge({ sequence, id, until }: Item, position: Position): Claim {
  if (sequence?.S !== undefined && id?.S !== undefined) {
    const order = compare(position, { sequence: sequence.S, id: id.S });
    if (order <= 0) return { is: order === 0 ? 'duplicate' : 'stale' };
  }
  return { is: 'busy', until: Number(until?.N ?? 0) };
}

/** The names in an expression: some of them are words of the language. */
const namesIn = (expression: string): Record<string, string> =>
  Object.fromEntries([...expression.matchAll(/#(\w+)/g)].map(([name, word = '']) => [name, word]));
