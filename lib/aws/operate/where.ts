import type { AwsSettings } from '../../config/read-config';
import { clientOptions } from '../client/client-options';

/** The region and the endpoint of AWS, and whether there are credentials. */
export type Where = Pick<AwsSettings, 'region' | 'endpoint' | 'hasCredentials'>;

/** Timeouts are longer than the receiver's: a long poll takes up to 20 seconds, a function up to 15 minutes. */
export const longTimeoutOptions = (where: Where, seconds = 30) => ({
  ...clientOptions(where),
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: seconds * 1_000,
    throwOnRequestTimeout: true,
  },
});
