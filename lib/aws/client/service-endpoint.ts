import type { AwsSettings } from '../../config/read-config';

type Where = Pick<AwsSettings, 'region' | 'endpoint' | 'queueUrlBase'>;

/**
 * The endpoint of a service in the region, in the partition of AWS where the queues are: `amazonaws.com`,
 * `amazonaws.com.cn`, ...
 *
 * @param host of the service, such as `secretsmanager`
 */
export function serviceEndpoint(host: string, { region, endpoint, queueUrlBase }: Where): URL {
  if (endpoint) return new URL(endpoint);
  const [, inRegion = ''] = new URL(queueUrlBase).hostname.split(`${region}.`);
  const suffix = inRegion.replace(/^(queue|vpce)\./, '') || 'amazonaws.com';
  return new URL(`https://${host}.${region}.${suffix}`);
}
