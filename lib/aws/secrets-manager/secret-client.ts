import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AwsSettings } from '../../config/read-config';
import { slimClient, slimOptions } from '../client/slim-client';

const SECRETS_MANAGER = {
  name: 'secretsmanager',
  target: 'secretsmanager',
  headers: { 'content-type': 'application/x-amz-json-1.1' },
};

/** The answer of the service, as JSON. */
export interface SecretValue {
  readonly SecretString?: string;
  /** The secret in base64. */
  readonly SecretBinary?: string;
  /** The creation of the version, in seconds since 1970. */
  readonly CreatedDate?: number;
  readonly VersionId?: string;
}

export interface SecretDescription {
  /** The last change of any kind to the secret, in seconds since 1970. */
  readonly LastChangedDate?: number;
}

/** The calls to Secrets Manager. They throw the client's error after three tries. */
export interface SecretClient {
  getSecretValue(input: GetSecretValueCommandInput): Promise<SecretValue>;
  describeSecret(SecretId: string): Promise<SecretDescription>;
}

export function secretClient(settings: AwsSettings): SecretClient {
  const client = new SecretsManagerClient(slimOptions(settings));
  slimClient(client, SECRETS_MANAGER, secretsEndpoint(client, settings), settings);
  // The client's types declare converted values, but plainJson converts none.
  return {
    getSecretValue: async (input) =>
      (await client.send(new GetSecretValueCommand(input))) as object,
    describeSecret: async (SecretId) =>
      (await client.send(new DescribeSecretCommand({ SecretId }))) as object,
  };
}

/** The endpoint of a region, by the SDK's rules, which know the partitions of AWS. */
export const secretsEndpoint = (
  { config }: SecretsManagerClient,
  { region, endpoint }: Pick<AwsSettings, 'region' | 'endpoint'>,
): URL => config.endpointProvider({ Region: region, Endpoint: endpoint }).url;
