import { group } from '../command/group';
import { list } from './list';
import { purge } from './purge';
import { redrive } from './redrive';
import { show } from './show';

/** `labelrelay dlq` */
export const dlq = group(
  'dlq',
  'Dead letters: messages that workers could not process',
  [list, show, redrive, purge],
  [
    ['labelrelay dlq list --stage prod', 'count them, with the reasons'],
    ['labelrelay dlq redrive label-updated --stage prod', 'send them back to the fixed worker'],
  ],
);
