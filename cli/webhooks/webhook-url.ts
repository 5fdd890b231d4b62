import { LabelrelayError } from '../../lib/errors';
import type { DeployedSource } from '../deployment/deployment';
import { toolsOf } from '../platforms/tools-of';

/**
 * A URL that the platform of a source can send to. One without a path gets that of the source.
 *
 * @throws LabelrelayError `usage`
 */
export function webhookUrl(url: string, { platform, name }: DeployedSource): string {
  const { protocol, pathname } = URL.canParse(url) ? new URL(url) : {};
  const takes = toolsOf[platform].wantsHttps ? ['https://'] : ['https://', 'http://'];
  if (protocol && takes.includes(`${protocol}//`)) {
    return pathname === '/' ? new URL(`/webhooks/${name}`, url).href : url;
  }
  throw new LabelrelayError(
    'usage',
    `expected an ${takes.join(' or ')} URL, which ${platform} wants, got ${url}: say another with --url`,
  );
}
