import { heldDeliveries } from '../../lib/aws/operate/held-deliveries';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { findDeployment } from '../deployment/find-deployment';
import { ago } from '../terminal/ago';
import { printRows } from '../terminal/print-rows';
import { nameOf } from './pick';

/** `labelrelay held list` */
export const list = define('list', 'Show waiting, parked and rejected deliveries', [
  ['labelrelay held list --stage prod', 'deliveries that are not in their queues yet'],
  ['labelrelay held list --json', 'with all details, as JSON'],
])
  .option('--rejected', 'also deliveries that turned out not to be authentic')
  .action(async ({ rejected }, command) => {
    const globals = globalsOf(command);
    const held = await heldDeliveries((await findDeployment(globals)).config);
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
