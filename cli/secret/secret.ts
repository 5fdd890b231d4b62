import { group } from '../command/group';
import { retire } from './retire';
import { rotate } from './rotate';
import { set } from './set';

/** `labelrelay secret` */
export const secret = group(
  'secret',
  'The secrets with which platforms sign their webhooks',
  [set, rotate, retire],
  [
    ['labelrelay secret rotate labelbox --stage prod', 'a new one, here and at the platform'],
    ['labelrelay secret rotate labelbox --revoke-now', 'if it has leaked'],
  ],
);
