import { LabelrelayError } from '../../lib/errors';
import { toolsOf } from '../../lib/platforms/tools-of';
import { webhookUrl } from '../../lib/webhook-api/webhook-url';
import type { DeployedSource } from '../deployment/deployment';

/**
 * A URL that the platform of a source can send to. A URL without a path gets the path of the source.
 *
 * @throws LabelrelayError `usage`
 */
export function publicUrl(url: string, { platform, name }: DeployedSource): string {
  const { protocol, pathname } = URL.canParse(url) ? new URL(url) : {};
  const takes = toolsOf(platform)?.wantsHttps ? ['https://'] : ['https://', 'http://'];
  if (protocol && takes.includes(`${protocol}//`)) {
    return pathname === '/' ? webhookUrl(new URL(url).origin, name) : url;
  }
  throw new LabelrelayError(
    'usage',
    `expected an ${takes.join(' or ')} URL, which ${platform} requires, got ${url}: give another with --url`,
  );
}
