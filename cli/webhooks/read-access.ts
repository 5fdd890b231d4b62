import type { Given, PlatformTools } from '../../lib/webhook-api/platform-tools';

/** Where the API of a source's platform is, and the key to it. */
export interface Access {
  readonly url: Given;
  readonly apiKey: Given;
}

/**
 * Reads what leads to a platform's API. Each variable may end in the name of a source, as
 * `LABEL_STUDIO_URL_TEAM_B` does for `team-b`, and then is for that source alone. A key that is for
 * every source goes to no address that one source has for itself: it may be of another server.
 *
 * @param source its name
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
