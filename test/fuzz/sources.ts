import type { Platform } from '../../lib/platforms/platform';
import { platforms } from '../../lib/platforms/platforms';

export interface FuzzedSource {
  readonly name: string;
  readonly platform: string;
  /** Empty: nobody is let in. */
  readonly secret: string;
  /** Its secret cannot be read. */
  readonly isDown?: boolean;
}

/** For each platform: the default source, another one, one without a secret, and one with an unreadable secret. */
export const sources: readonly FuzzedSource[] = Object.keys(platforms).flatMap((platform) => [
  { name: platform, platform, secret: `fuzz-${platform}:secret` },
  { name: `${platform}-b`, platform, secret: `fuzz-${platform}-other-secret` },
  { name: `silent-${platform}`, platform, secret: '' },
  { name: `down-${platform}`, platform, secret: `fuzz-${platform}-lost-secret`, isDown: true },
]);

export const platformOf = ({ platform }: FuzzedSource): Platform =>
  (platforms as Record<string, Platform>)[platform] as Platform;

/** Stands in everything that must not get in: as the trace of the request, and in its body. */
export const FORGED = 'f0'.repeat(16);
