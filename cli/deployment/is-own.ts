import { isLoopback } from '../../lib/aws/client/client-options';
import type { Deployment } from './deployment';

/**
 * Whether an address belongs to the deployment, or both are on this machine. Secrets of the deployment are sent
 * nowhere else: Label Studio's secret is sent unhashed.
 */
export function isOwn(url: string, { sources, config: { endpoint } }: Deployment): boolean {
  if (endpoint !== undefined && isLoopback(endpoint) && isLoopback(url)) return true;
  const origins = sources.map(({ webhookUrl }) => URL.canParse(webhookUrl) && originOf(webhookUrl));
  return origins.includes(originOf(url));
}

export const originOf = (url: string): string => new URL(url).origin;
