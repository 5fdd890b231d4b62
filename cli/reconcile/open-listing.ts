import { LabelrelayError } from '../../lib/errors';
import { toolsOf } from '../../lib/platforms/tools-of';
import type { Listing } from '../../lib/webhook-api/listing';
import type { DeployedSource, Deployment } from '../deployment/deployment';
import { findApi } from '../webhooks/find-webhook-api';

export interface ListingSource {
  /** The path of a file that was exported by hand. */
  readonly from?: string;
  /** Requests in a second. */
  readonly limit: number;
  /** In milliseconds. */
  readonly timeout: number;
}

/**
 * Lists the things that the platform of a source has, or that a file has of it.
 *
 * @throws LabelrelayError `usage` if the platform cannot be listed; `denied` if there is no API key
 */
export async function openListing(
  source: DeployedSource,
  deployment: Deployment,
  { from, limit, timeout }: ListingSource,
): Promise<Listing> {
  const { platform } = source;
  if (from !== undefined) {
    const listing = toolsOf(platform)?.listingOfFile?.(from);
    if (listing) return listing;
    throw new LabelrelayError('usage', `expected no --from for a source of ${platform}`);
  }
  const { tools, settings } = await findApi(source, deployment, timeout);
  const listing = tools.listing?.(settings, { requestsPerSecond: limit });
  if (listing) return listing;
  throw new LabelrelayError('usage', `expected a platform that can be listed, got ${platform}`);
}
