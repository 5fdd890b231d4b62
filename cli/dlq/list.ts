import { peek } from '../aws/peek';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import type { Deployment } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { printRows } from '../terminal/print-rows';
import { type DeadLetterQueue, deadLetterQueues, readBoth } from './dead-letter-queues';
import { reasonOf } from './letter';
import { type Reason, tally } from './tally';
import { tellMissing } from './tell-missing';

/** Looked at of each queue, to say why. */
const SAMPLE = 10;

/** `labelrelay dlq list` */
export const list = define('list', 'Show how many messages workers gave up on, and why', [
  ['labelrelay dlq list --stage prod', 'queues with dead letters'],
  ['labelrelay dlq list --all --json', 'every queue, for a machine'],
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
        { head: 'DEAD LETTERS', value: ({ letters }) => letters ?? 'is not there' },
        { head: 'WAITING', value: ({ waiting }) => waiting ?? 'is not there' },
        { head: 'WHY', value: why, shrinks: true },
      ],
      globals,
      'no dead letters',
    );
    tellMissing(rows.flatMap(({ missing }) => missing));
  });

interface Row {
  readonly queue: string;
  /** Absent where that queue is not there. */
  readonly letters?: number;
  readonly waiting?: number;
  readonly missing: readonly string[];
  /** So many dead letters have the reasons. */
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
  return letters > lookedAt && lookedAt > 0 ? `${told} (of ${lookedAt} looked at)` : told;
}
