import type { AwsSettings } from '../../config/read-config';
import { type JsonClient, jsonClient } from '../client/json-client';

const SQS = {
  name: 'sqs',
  target: 'AmazonSQS',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-mode': 'true' },
};

/** A client for `SendMessageBatch`. One endpoint serves every queue. */
export const sendingClient = (settings: AwsSettings): JsonClient =>
  jsonClient(SQS, new URL(settings.endpoint ?? settings.queueUrlBase), settings);
