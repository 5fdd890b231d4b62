import { group } from '../command/group';
import { create } from './create';
import { ensure } from './ensure';
import { list } from './list';
import { remove } from './remove';
import { update } from './update';

/** `labelrelay webhooks` */
export const webhooks = group(
  'webhooks',
  'The webhooks of Labelbox and Label Studio',
  [list, create, ensure, update, remove],
  [
    ['labelrelay webhooks create labelbox --stage prod', 'register the deployment with Labelbox'],
    ['labelrelay webhooks list labelbox --ours', 'list the registered ones'],
  ],
).addHelpText(
  'after',
  `
API keys: LABELBOX_API_KEY, or LABEL_STUDIO_API_KEY and LABEL_STUDIO_URL, in the environment,
each with _<SOURCE> behind it where it is of one source alone (LABEL_STUDIO_URL_TEAM_B);
or a secret labelrelay/<stage>/api-keys/<source> in Secrets Manager.`,
);
