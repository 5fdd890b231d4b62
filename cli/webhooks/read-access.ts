import type { Given, PlatformTools } from '../../lib/webhook-api/platform-tools';

/** The address of the API of a source's platform, and its key. */
export interface Access {
  readonly url: Given;
  readonly apiKey: Given;
}

/**
 * Reads the address of a platform's API and its key. Each variable may end in the name of a source, as
 * `LABEL_STUDIO_URL_TEAM_B` does for `team-b`. It then applies to that source only. A general key is never sent to
 * the address of one source, which may be another server.
 *
 * @param source the name of the source
 */
export function readAccess(source: string, { urlVariable, apiKeyVariable }: PlatformTools): Access {
  const suffix = `_${source.toUpperCase().replaceAll('-', '_')}`;
  const read = (variable: string): Given => ({ variable, value: process.env[variable] });
  const [url, apiKey] = [read(urlVariable + suffix), read(apiKeyVariable + suffix)];
  return {
    url: url.value ? url : read(urlVariable),
    apiKey: apiKey.value || url.value ? apiKey : read(apiKeyVariable),
  };
}
