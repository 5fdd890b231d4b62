import { readQueue } from '../../lib/aws/operate/read-queue';
import { DEAD_LETTER_SUFFIX } from '../../lib/events/queues';
import { purgeQueue } from '../aws/purge-queue';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { findDeployment } from '../deployment/find-deployment';
import { confirm } from '../terminal/confirm';
import { printRows } from '../terminal/print-rows';
import { deadLetterQueues } from './dead-letter-queues';
import { tellMissing } from './tell-missing';

/** `labelrelay dlq purge` */
export const purge = define('purge', 'Delete the dead letters of a queue permanently', [
  ['labelrelay dlq show task-deleted --limit 100 --body > kept.txt', 'keep them first'],
  ['labelrelay dlq purge task-deleted', 'delete them, after you confirm'],
])
  .argument('<queue>', 'a queue, or its topic')
  .option('-y, --yes', 'do not ask')
  .action(async (queue, { yes }, command) => {
    const globals = globalsOf(command);
    const deployment = await findDeployment(globals);
    const { config } = deployment;
    const rows = [];
    for (const { name, url } of deadLetterQueues(deployment, queue)) {
      const dead = await readQueue(url, config);
      if (!dead) return tellMissing([name + DEAD_LETTER_SUFFIX], queue);
      const letters = dead.waiting + dead.inFlight;
      if (letters === 0) continue;
      await confirm(`${letters} dead letters of ${name} will be deleted permanently.`, yes);
      await purgeQueue(url, config);
      rows.push({ queue: name, purged: letters });
    }
    printRows(
      rows,
      [
        { head: 'QUEUE', value: ({ queue }) => queue },
        { head: 'PURGED', value: ({ purged }) => purged },
      ],
      globals,
      'no dead letters',
    );
  });
