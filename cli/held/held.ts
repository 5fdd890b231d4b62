import { group } from '../command/group';
import { list } from './list';
import { redeliver } from './redeliver';
import { show } from './show';

/** `labelrelay held` */
export const held = group(
  'held',
  'Deliveries that were accepted and wait to reach their queues',
  [list, show, redeliver],
  [
    ['labelrelay held list --stage prod', 'what waits, and what is parked'],
    ['labelrelay held redeliver --all', 'when the reason is mended'],
  ],
);
