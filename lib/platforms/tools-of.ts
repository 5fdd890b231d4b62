import type { PlatformTools } from '../webhook-api/platform-tools';
import { tools as labelStudio } from './label-studio/webhooks/tools';
import { tools as labelbox } from './labelbox/webhooks/tools';
import type { PlatformName } from './platforms';

/** The platforms whose webhooks the command line can manage. The receiver does not need this. */
export const tools: { readonly [name in PlatformName]?: PlatformTools } = {
  labelbox,
  'label-studio': labelStudio,
};

/** @returns undefined if webhooks can only be managed at the platform itself */
export const toolsOf = (platform: PlatformName): PlatformTools | undefined => tools[platform];
