import { group } from '../command/group';
import { list } from './list';
import { purge } from './purge';
import { redrive } from './redrive';
import { show } from './show';

/** `labelrelay dlq` */
export const dlq = group(
  'dlq',
  'Dead letters: what workers gave up on',
  [list, show, redrive, purge],
  [
    ['labelrelay dlq list --stage prod', 'how many, and why'],
    ['labelrelay dlq redrive label-updated --stage prod', 'back to the worker, when it is mended'],
  ],
);
