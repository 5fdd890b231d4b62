import type { PlatformName } from '../../lib/platforms/platforms';
import { labelStudio } from './label-studio/label-studio';
import { labelbox } from './labelbox/labelbox';
import type { PlatformTools } from './platform-tools';

export const toolsOf: Readonly<Record<PlatformName, PlatformTools>> = {
  labelbox,
  'label-studio': labelStudio,
};
