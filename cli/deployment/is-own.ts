import { isLoopback } from '../../lib/aws/client/client-options';
import type { Deployment } from './deployment';

/**
 * Whether an address is the deployment's own, or both are on this machine. Its secrets go nowhere else:
 * Label Studio's is sent as it is.
 */
export function isOwn(url: string, { sources, config: { endpoint } }: Deployment): boolean {
  if (endpoint !== undefined && isLoopback(endpoint) && isLoopback(url)) return true;
  const origins = sources.map(({ webhookUrl }) => URL.canParse(webhookUrl) && originOf(webhookUrl));
  return origins.includes(originOf(url));
}

export const originOf = (url: string): string => new URL(url).origin;
