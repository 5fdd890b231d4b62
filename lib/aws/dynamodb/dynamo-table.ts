import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { AwsSettings } from '../../config/read-config';
import { Poison } from '../../consume/poison';
import type { Position } from '../../consume/position';
import { clientOptions } from '../client/client-options';
import { endAnswers } from '../client/end-answers';

/**
 * A DynamoDB table of marks or values.
 *
 * @example
 * ```ts
 * import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
 * import { type DynamoTable, dynamoMarks } from 'labelrelay/worker';
 *
 * const table: DynamoTable = {
 *   client: new DynamoDBClient({ region: 'us-east-1' }),
 *   table: 'label-marks',
 * };
 * console.log(Object.keys(dynamoMarks(table)).includes('claim')); // true
 * ```
 */
export interface DynamoTable {
  /** The client. By default it is made from the environment. */
  readonly client?: DynamoDBClient;
  /** The name of the table. */
  readonly table: string;
}

export type Item = Record<string, AttributeValue>;

const BEFORE = 'attribute_not_exists(#sequence) OR #sequence < :sequence';

/** The condition that a position is newer than the item's, or that there is no item: see `compareToMark`. */
export const older = ({ recovered }: Position): string =>
  recovered ? BEFORE : `${BEFORE} OR (#sequence = :sequence AND #id < :id)`;

export const positionValues = ({ sequence, id }: Position): Item => ({
  ':sequence': { S: sequence },
  ':id': { S: id },
});

/** @param expiresAt in milliseconds since 1970; DynamoDB's time to live is in seconds */
export const toExpires = (expiresAt: number): AttributeValue => ({
  N: String(Math.ceil(expiresAt / 1_000)),
});

/** @returns the error of a conditional write whose condition does not hold; undefined if it holds */
export async function refusalOf(
  writing: Promise<unknown>,
): Promise<ConditionalCheckFailedException | undefined> {
  try {
    await writing;
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error;
    throw error;
  }
}

/** @returns false if the condition of the write does not hold */
export const isWritten = async (writing: Promise<unknown>): Promise<boolean> =>
  (await refusalOf(writing)) === undefined;

export const dynamoDbClient = (settings: AwsSettings): DynamoDBClient =>
  endAnswers(
    new DynamoDBClient(clientOptions({ ...settings, endpoint: settings.dynamoDbEndpoint })),
  );

/** The longest JSON of a value. DynamoDB limits an item to 400 KB, names and keys included. */
const MAX_JSON_BYTES = 380_000;

/** @throws Poison if the value is too large for an item */
export function toAttribute(value: unknown): AttributeValue {
  const S = JSON.stringify(value);
  const bytes = Buffer.byteLength(S);
  if (bytes <= MAX_JSON_BYTES) return { S };
  throw new Poison(
    `expected at most ${MAX_JSON_BYTES} bytes for an item of DynamoDB, got ${bytes}`,
  );
}

/** The placeholders in an expression: some names are reserved words. */
export const namesIn = (expression: string): Record<string, string> =>
  Object.fromEntries([...expression.matchAll(/#(\w+)/g)].map(([name, word = '']) => [name, word]));

/** The values that an expression uses: DynamoDB rejects unused ones. */
export const usedIn = (expression: string, values: Item): Item =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression)),
  );
