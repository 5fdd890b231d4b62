import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { AwsSettings } from '../config/read-config';
import type { Position } from '../consume/position';
import { clientOptions } from './client-options';

export interface DynamoTable {
  /** One with the settings of the environment by default. */
  readonly client?: DynamoDBClient;
  /** The table's name. */
  readonly table: string;
}

export const SECOND_MS = 1_000;

/** Holds when a position is newer than the item's, or there is no item. */
export const OLDER =
  'attribute_not_exists(#sequence) OR #sequence < :sequence OR (#sequence = :sequence AND #id < :id)';

export const positionValues = ({ sequence, id }: Position): Record<string, AttributeValue> => ({
  ':sequence': { S: sequence },
  ':id': { S: id },
});

export const isRefused = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException;

export const dynamoDbClient = ({ region, dynamoDbEndpoint }: AwsSettings): DynamoDBClient =>
  new DynamoDBClient(clientOptions({ region, endpoint: dynamoDbEndpoint }));
