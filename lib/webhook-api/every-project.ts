import type { Listing } from './listing';
import type { PlatformTools } from './platform-tools';
import type { Webhook } from './webhook-api';

/**
 * The projects that must each have a webhook: all that the key sees, or undefined if one webhook can serve the whole
 * organization.
 *
 * @param ours the webhooks to our address. Where projects have some of their own, each project must have one
 */
export async function* everyProject(
  { wantsProject }: Pick<PlatformTools, 'wantsProject'>,
  listing: Pick<Listing, 'projects'>,
  ours: readonly Webhook[],
): AsyncGenerator<string | undefined> {
  if (!wantsProject && ours.length === 0) return yield undefined;
  for await (const { id } of listing.projects()) yield id;
}
