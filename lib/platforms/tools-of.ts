import type { PlatformTools } from '../webhook-api/platform-tools';
import { tools as labelStudio } from './label-studio/webhooks/tools';
import { tools as labelbox } from './labelbox/webhooks/tools';
import type { PlatformName } from './platforms';

/** The platforms whose webhooks the command line manages: a receiver needs none of it. */
const tools: { readonly [name in PlatformName]?: PlatformTools } = {
  labelbox,
  'label-studio': labelStudio,
};

/** @returns undefined where webhooks are managed at the platform alone */
export const toolsOf = (platform: PlatformName): PlatformTools | undefined => tools[platform];
