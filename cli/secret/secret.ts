import { group } from '../command/group';
import { retire } from './retire';
import { rotate } from './rotate';
import { set } from './set';

/** `labelrelay secret` */
export const secret = group(
  'secret',
  'What platforms prove their webhooks with',
  [set, rotate, retire],
  [
    ['labelrelay secret rotate labelbox --stage prod', 'a new one, for us and for the platform'],
    ['labelrelay secret rotate labelbox --revoke-now', 'when it has leaked'],
  ],
);
