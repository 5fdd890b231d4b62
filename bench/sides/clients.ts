import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

// The AWS clients that receiving a delivery needs, and nothing else: as they come, so that what the
// product does with its own is not done here too.
export const clients = [new SQSClient({}), new SecretsManagerClient({})];
export const commands = [SendMessageBatchCommand, GetSecretValueCommand];
