import {
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AwsSettings } from '../config/read-config';
import { narrow, narrowOptions } from './narrow';

const SECRETS_MANAGER = {
  name: 'secretsmanager',
  target: 'secretsmanager',
  headers: { 'content-type': 'application/x-amz-json-1.1' },
};

/** What the service answers, as its JSON is. */
export interface SecretValue {
  readonly SecretString?: string;
  /** In base64. */
  readonly SecretBinary?: string;
  /** In seconds since 1970. */
  readonly CreatedDate?: number;
}

/** @throws what the client throws, once it has tried it three times */
export type GetSecretValue = (input: GetSecretValueCommandInput) => Promise<SecretValue>;

export function secretClient(settings: AwsSettings): GetSecretValue {
  const client = new SecretsManagerClient(narrowOptions(settings));
  narrow(client, SECRETS_MANAGER, secretsEndpoint(client, settings), settings);
  // The client declares what its schemas would make of it.
  return async (input) => (await client.send(new GetSecretValueCommand(input))) as object;
}

/** Where the service is: in a region, by the SDK's rules, which know the partitions of AWS. */
export const secretsEndpoint = (
  { config }: SecretsManagerClient,
  { region, endpoint }: Pick<AwsSettings, 'region' | 'endpoint'>,
): URL => config.endpointProvider({ Region: region, Endpoint: endpoint }).url;
