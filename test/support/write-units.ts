import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

/**
 * The size of an item in bytes: the UTF-8 of names and texts, the bytes of binaries, about half a byte for each digit of a
 * number, and for maps and lists 3 bytes and one for each element.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );

function valueBytes({ S, N, B, M, L }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (B !== undefined) return B.length;
  if (M !== undefined) return 3 + Object.keys(M).length + itemBytes(M);
  if (L !== undefined) return L.reduce((sum, value) => sum + 1 + valueBytes(value), 3);
  return 1;
}

/** A write costs a unit for each started KB of the item, before or after it, whichever is larger. */
export const writeUnits = (before: Item = {}, after: Item = {}): number =>
  Math.max(1, Math.ceil(Math.max(itemBytes(before), itemBytes(after)) / 1_024));

/** A client that counts the units of its writes, by the items before and after each. */
export function counting(client: DynamoDBClient) {
  const counted = { units: 0 };
  const read = async (TableName?: string, Key?: Item) =>
    (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const send = async (command: unknown): Promise<unknown> => {
    const forward = client.send as (command: unknown) => Promise<unknown>;
    const isWrite = command instanceof PutItemCommand || command instanceof UpdateItemCommand;
    if (!isWrite) {
      if (/Write|Delete|Transact/.test(command?.constructor.name ?? '')) {
        throw new Error(
          `expected a write whose units can be counted, got ${command?.constructor.name}`,
        );
      }
      return forward.call(client, command);
    }
    const Key =
      command instanceof UpdateItemCommand
        ? command.input.Key
        : { key: command.input.Item?.key, item: command.input.Item?.item };
    const { TableName } = command.input;
    const before = await read(TableName, Key as Item);
    try {
      return await forward.call(client, command);
    } finally {
      // A write whose condition does not hold costs the same.
      counted.units += writeUnits(before, await read(TableName, Key as Item));
    }
  };
  const through = new Proxy(client, {
    get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)),
  });
  return { client: through, counted };
}
