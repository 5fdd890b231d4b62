import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

// Only the AWS clients that receiving a delivery needs, unchanged: without the product's changes to its clients.
export const clients = [new SQSClient({}), new SecretsManagerClient({})];
export const commands = [SendMessageBatchCommand, GetSecretValueCommand];
