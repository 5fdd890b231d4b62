import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { findDeployment } from '../deployment/find-deployment';
import { ago } from '../terminal/ago';
import { printRows } from '../terminal/print-rows';
import { heldDeliveries, nameOf } from './held-delivery';

/** `labelrelay held list` */
export const list = define('list', 'Show deliveries that wait, are parked, or were rejected', [
  ['labelrelay held list --stage prod', 'what has not reached its queues'],
  ['labelrelay held list --json', 'all of it, for a machine'],
])
  .option('--rejected', 'also those that turned out not to be authentic')
  .action(async ({ rejected }, command) => {
    const globals = globalsOf(command);
    const held = await heldDeliveries(await findDeployment(globals));
    printRows(
      held.filter(({ state }) => rejected || state !== 'rejected'),
      [
        { head: 'STATE', value: ({ state }) => state },
        { head: 'SOURCE', value: ({ source }) => source },
        { head: 'AGE', value: ({ received }) => ago(received) },
        { head: 'BYTES', value: ({ bytes }) => bytes },
        { head: 'NAME', value: ({ key }) => nameOf(key) },
      ],
      globals,
      'nothing is held',
    );
  });
