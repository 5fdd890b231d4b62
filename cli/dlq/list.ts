import { reasonOf } from '../../lib/aws/operate/letter';
import { peek } from '../../lib/aws/operate/peek';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import type { Deployment } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { printRows } from '../terminal/print-rows';
import { type DeadLetterQueue, deadLetterQueues, readBoth } from './dead-letter-queues';
import { type Reason, tally } from './tally';
import { tellMissing } from './tell-missing';

/** How many messages of each queue are read for the reasons. */
const SAMPLE = 10;

/** `labelrelay dlq list` */
export const list = define('list', 'Count the dead letters of each queue, with the reasons', [
  ['labelrelay dlq list --stage prod', 'queues with dead letters'],
  ['labelrelay dlq list --all --json', 'every queue, as JSON'],
])
  .option('--all', 'also queues without dead letters')
  .action(async ({ all }, command) => {
    const globals = globalsOf(command);
    const deployment = await findDeployment(globals);
    const rows = await Promise.all(deadLetterQueues(deployment).map(describe(deployment)));
    printRows(
      rows.filter(({ letters, missing }) => all || letters || missing.length > 0),
      [
        { head: 'QUEUE', value: ({ queue }) => queue },
        { head: 'DEAD LETTERS', value: ({ letters }) => letters ?? 'missing' },
        { head: 'WAITING', value: ({ waiting }) => waiting ?? 'missing' },
        { head: 'WHY', value: why, shrinks: true },
      ],
      globals,
      'no dead letters',
    );
    tellMissing(rows.flatMap(({ missing }) => missing));
  });

interface Row {
  readonly queue: string;
  /** Absent if the queue is missing. */
  readonly letters?: number;
  readonly waiting?: number;
  readonly missing: readonly string[];
  /** The number of dead letters that were read for the reasons. */
  readonly lookedAt: number;
  readonly reasons: readonly Reason[];
}

const describe =
  (deployment: Deployment) =>
  async (letterQueue: DeadLetterQueue): Promise<Row> => {
    const { name, url } = letterQueue;
    const { dead, queue, missing } = await readBoth(letterQueue, deployment);
    const limit = Math.min(SAMPLE, dead?.waiting ?? 0);
    const sample = limit > 0 ? await peek(url, limit, deployment.config) : [];
    return {
      queue: name,
      letters: dead && dead.waiting + dead.inFlight,
      waiting: queue?.waiting,
      missing,
      lookedAt: sample.length,
      reasons: tally(sample.map(reasonOf)),
    };
  };

function why({ letters = 0, lookedAt, reasons }: Row): string {
  const told = reasons.map(({ reason, count }) => `${count}x ${reason}`).join('; ');
  return letters > lookedAt && lookedAt > 0 ? `${told} (of ${lookedAt} that were read)` : told;
}
