import type { AwsSettings } from '../../config/read-config';
import { jsonClient } from '../client/json-client';
import { serviceEndpoint } from '../client/service-endpoint';

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

/** The calls to Secrets Manager. They throw the errors of `JsonClient`. */
export interface SecretClient {
  getSecretValue(input: { SecretId: string; VersionStage?: string }): Promise<SecretValue>;
  describeSecret(SecretId: string): Promise<SecretDescription>;
}

export function secretClient(settings: AwsSettings): SecretClient {
  const { call } = jsonClient(
    SECRETS_MANAGER,
    serviceEndpoint(SECRETS_MANAGER.name, settings),
    settings,
  );
  return {
    getSecretValue: (input) => call('GetSecretValue', input),
    describeSecret: (SecretId) => call('DescribeSecret', { SecretId }),
  };
}
