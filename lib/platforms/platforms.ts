import { labelStudio } from './label-studio/label-studio';
import { labelbox } from './labelbox/labelbox';
import type { Platform } from './platform';

/** The supported platforms, by their name in the configuration. */
export const platforms = { labelbox, 'label-studio': labelStudio } as const satisfies Record<
  string,
  Platform
>;

export type PlatformName = keyof typeof platforms;

export const isPlatform = (name: string): name is PlatformName => Object.hasOwn(platforms, name);
