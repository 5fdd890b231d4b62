import type { Platform } from '../../lib/platforms/platform';
import { platforms } from '../../lib/platforms/platforms';

/** Every platform with its name, for `describe.each`. */
export const eachPlatform = Object.values<Platform>(platforms).map(
  (platform) => [platform.name, platform] as const,
);
