import { tools } from '../../lib/platforms/tools-of';
import { group } from '../command/group';
import { create } from './create';
import { ensure } from './ensure';
import { list } from './list';
import { remove } from './remove';
import { update } from './update';

const accesses = Object.entries(tools).map(
  ([name, { apiKeyVariable, urlVariable }]) => `  ${name}: ${apiKeyVariable}, ${urlVariable}`,
);

/** `labelrelay webhooks` */
export const webhooks = group(
  'webhooks',
  `The webhooks of ${Object.keys(tools).join(', ')}`,
  [list, create, ensure, update, remove],
  [
    ['labelrelay webhooks create labelbox --stage prod', 'register the deployment with Labelbox'],
    ['labelrelay webhooks list labelbox --ours', 'list the registered ones'],
  ],
).addHelpText(
  'after',
  `
The key of each platform's API, and its address if it is not the platform's own,
in the environment:
${accesses.join('\n')}
each with _<SOURCE> behind it where it is of one source alone (LABEL_STUDIO_URL_TEAM_B);
or the key as a secret labelrelay/<stage>/api-keys/<source> in Secrets Manager.`,
);
