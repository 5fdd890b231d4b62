import {
  type ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Claim, type Lease, type Marks, PENDING_MS } from '../../consume/marks';
import { compare, compareToMark, type Position } from '../../consume/position';
import {
  type DynamoTable,
  type Item,
  isWritten,
  namesIn,
  older,
  positionValues,
  refusalOf,
  toExpires,
} from './dynamo-table';
import { expectKnown, KNOWN, versionValue } from './table-version';
import { workerTable } from './worker-table';

/** The condition that no newer position is pending. */
const NOT_OUTDONE = `${KNOWN} AND (attribute_not_exists(#pendingUntil) OR #pendingUntil <= :now OR #pendingSequence < :sequence OR (#pendingSequence = :sequence AND #pendingId <= :id))`;
const NOT_LEASED = '(attribute_not_exists(#until) OR #until <= :now OR #owner = :owner)';
const SET_PENDING =
  'SET #version = :version, #pendingSequence = :sequence, #pendingId = :id, #pendingUntil = :pendingUntil';
const SET_LEASE = ', #owner = :owner, #until = :until';

/**
 * Marks in a DynamoDB table. The table has the string partition key `key` and the time-to-live attribute `expires`.
 * If DynamoDB is on this machine, a missing table is created.
 * A claim takes one call, and so does settling it.
 *
 * @param table the client and the name of the table
 * @param now the current time in milliseconds since 1970, for tests
 * @throws UnknownVersion if the table or an item has a form that this version does not know
 *
 * @example
 * ```ts
 * import { createWorker, dynamoMarks, inOrder } from 'labelrelay/worker';
 *
 * const guard = inOrder(dynamoMarks({ table: 'label-marks' }));
 * const worker = createWorker({ 'label.created': ({ id }) => console.log(id) }, { guard });
 * console.log(typeof worker); // function
 * ```
 */
export function dynamoMarks(
  { client = new DynamoDBClient(), table }: DynamoTable,
  now: () => number = Date.now,
): Marks {
  const TableName = table;
  const keyOf = (key: string): Item => ({ key: { S: key } });
  const expectTable = workerTable({ client, table });
  const read = async (key: string): Promise<Item | undefined> => {
    await expectTable();
    const command = new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true });
    const { Item } = await client.send(command);
    expectKnown(Item, table);
    return Item;
  };

  /** Marks a position as pending, and takes the lease if one is given. */
  const setPending = async (
    key: string,
    position: Position,
    lease?: Lease,
  ): Promise<ConditionalCheckFailedException | undefined> => {
    await expectTable();
    const UpdateExpression = SET_PENDING + (lease ? SET_LEASE : '');
    const ConditionExpression =
      NOT_OUTDONE + (lease ? ` AND (${older(position)}) AND ${NOT_LEASED}` : '');
    const { owner = '', until = now() } = lease ?? {};
    const command = new UpdateItemCommand({
      TableName,
      Key: keyOf(key),
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeNames: namesIn(UpdateExpression + ConditionExpression),
      ExpressionAttributeValues: {
        ...versionValue,
        ...positionValues(position),
        ...(lease && { ':owner': { S: owner }, ':until': { N: String(until) } }),
        ':now': { N: String(now()) },
        ':pendingUntil': { N: String(until + PENDING_MS) },
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    return refusalOf(client.send(command));
  };

  /** @returns false if another owner has the lease */
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
    async claim(key, position, lease) {
      const refusal = await setPending(key, position, lease);
      if (!refusal) return { is: 'claimed' };
      // An emulator may omit the old item: then read it.
      return judge(refusal.Item ?? (await read(key)), position);
    },

    async announce(key, position) {
      await setPending(key, position);
    },

    extend: (key, lease) =>
      update(key, lease, 'SET #until = :until', { ':until': { N: String(lease.until) } }),

    async settle(key, position, lease, expiresAt) {
      const isKept = expiresAt === undefined;
      const set = `SET #sequence = :sequence, #id = :id${isKept ? '' : ', #expires = :expires'}`;
      const remove = ` REMOVE #owner, #until${isKept ? ', #expires' : ''}`;
      const expires = { ':expires': toExpires(expiresAt ?? 0) };
      const isSettled = await update(key, lease, set + remove, {
        ...positionValues(position),
        ...(isKept ? {} : expires),
      });
      // An earlier call may have settled it, and its answer may have been lost.
      return isSettled || orderOf(position, await read(key)) === 0;
    },

    newest: async (key) => positionOf(await read(key)),

    async release(key, lease) {
      await update(
        key,
        lease,
        'REMOVE #owner, #until, #pendingSequence, #pendingId, #pendingUntil',
      );
    },
  };

  /** The reason why a claim was refused. */
  function judge(item: Item | undefined, position: Position): Claim {
    expectKnown(item, table);
    const order = orderOf(position, item);
    if (order !== undefined && order <= 0) return { is: order === 0 ? 'duplicate' : 'stale' };
    const { pendingSequence, pendingId, pendingUntil, until } = item ?? {};
    const pending = { sequence: pendingSequence?.S ?? '', id: pendingId?.S ?? '' };
    if (Number(pendingUntil?.N ?? 0) > now() && compare(position, pending) < 0) {
      return { is: 'stale' };
    }
    return { is: 'busy', until: Number(until?.N ?? 0) };
  }
}

/** Compares a position with the one that took effect; undefined if none did. */
const orderOf = (position: Position, item: Item | undefined): number | undefined => {
  const mark = positionOf(item);
  return mark && compareToMark(position, mark);
};

const positionOf = ({ sequence, id }: Item = {}): Position | undefined =>
  sequence?.S === undefined || id?.S === undefined ? undefined : { sequence: sequence.S, id: id.S };
