import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { removeMiddleware, slimClient, slimOptions } from '../../../lib/aws/client/slim-client';
import { sendingClient } from '../../../lib/aws/sqs/sending-client';
import { readConfig } from '../../../lib/config/read-config';

const settings = readConfig({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' });

test('the clients of this version of the SDK have every middleware that is removed', () => {
  expect(() => sendingClient(settings)).not.toThrow();
  const secrets = new SecretsManagerClient(slimOptions(settings));
  const service = { name: 'secretsmanager', target: 'secretsmanager', headers: {} };
  const endpoint = new URL('http://127.0.0.1:9');
  expect(() => slimClient(secrets, service, endpoint, settings)).not.toThrow();
  // All of it is gone now.
  expect(() => slimClient(secrets, service, endpoint, settings)).toThrow(/loggerMiddleware/);
});

test('a middleware that is not there is an error with its name', () => {
  const { middlewareStack } = new SQSClient({ region: 'us-east-1' });
  expect(() => removeMiddleware(middlewareStack, 'renamedMiddleware')).toThrow(
    /middleware renamedMiddleware to remove, got a client without it/,
  );
});
