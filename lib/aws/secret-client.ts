import {
  DescribeSecretCommand,
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
  readonly VersionId?: string;
}

export interface SecretDescription {
  /** When anything of the secret was last changed, in seconds since 1970. */
  readonly LastChangedDate?: number;
}

/** The calls that we make. They throw what the client throws, once it has tried three times. */
export interface SecretClient {
  getSecretValue(input: GetSecretValueCommandInput): Promise<SecretValue>;
  describeSecret(SecretId: string): Promise<SecretDescription>;
}

export function secretClient(settings: AwsSettings): SecretClient {
  const client = new SecretsManagerClient(narrowOptions(settings));
  narrow(client, SECRETS_MANAGER, secretsEndpoint(client, settings), settings);
  // The client declares what its schemas would make of it.
  return {
    getSecretValue: async (input) =>
      (await client.send(new GetSecretValueCommand(input))) as object,
    describeSecret: async (SecretId) =>
      (await client.send(new DescribeSecretCommand({ SecretId }))) as object,
  };
}

/** Where the service is: in a region, by the SDK's rules, which know the partitions of AWS. */
export const secretsEndpoint = (
  { config }: SecretsManagerClient,
  { region, endpoint }: Pick<AwsSettings, 'region' | 'endpoint'>,
): URL => config.endpointProvider({ Region: region, Endpoint: endpoint }).url;
