import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { AwsSettings } from '../../config/read-config';
import { clientOptions } from '../client/client-options';

const TIMEOUT_MS = 20_000;

/** A client that reads metrics. */
export function metricClient(settings: AwsSettings): CloudWatchClient {
  const options = clientOptions(settings);
  return new CloudWatchClient({
    ...options,
    requestHandler: { ...options.requestHandler, requestTimeout: TIMEOUT_MS },
  });
}
