import { LabelrelayError } from '../errors';
import type { Listing } from '../webhook-api/listing';
import type { PlatformName } from './platforms';
import { toolsOf } from './tools-of';

export interface ListingAccess {
  readonly apiKey: string;
  /** The address of the API. Absent or `true`: the platform's own. */
  readonly address?: string | true;
  readonly requestsPerSecond: number;
}

/** How long a call waits for an answer, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** @throws LabelrelayError `usage` if the platform cannot be listed, or has no address */
export function listingOf(
  platform: string,
  { apiKey, address, requestsPerSecond }: ListingAccess,
): Listing {
  const url = { variable: 'the address', value: address === true ? undefined : address };
  const listing = toolsOf(platform as PlatformName)?.listing?.(
    { apiKey, url, timeoutMs: TIMEOUT_MS },
    { requestsPerSecond },
  );
  if (listing) return listing;
  throw new LabelrelayError('usage', `expected a platform that can be listed, got ${platform}`);
}
