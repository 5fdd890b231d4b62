import { group } from '../command/group';
import { list } from './list';
import { redeliver } from './redeliver';
import { show } from './show';

/** `labelrelay held` */
export const held = group(
  'held',
  'Deliveries that were accepted but are not in their queues yet',
  [list, show, redeliver],
  [
    ['labelrelay held list --stage prod', 'waiting and parked deliveries'],
    ['labelrelay held redeliver --all', 'try again, once the cause is fixed'],
  ],
);
