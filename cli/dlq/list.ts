import { peek } from '../aws/peek';
import { readQueue } from '../aws/read-queue';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import type { Deployment } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { printRows } from '../terminal/print-rows';
import { type DeadLetterQueue, deadLetterQueues } from './dead-letter-queues';
import { reasonOf } from './letter';
import { tally } from './tally';

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
      rows.filter(({ letters }) => all || letters > 0),
      [
        { head: 'QUEUE', value: ({ queue }) => queue },
        { head: 'DEAD LETTERS', value: ({ letters }) => letters },
        { head: 'WAITING', value: ({ waiting }) => waiting },
        { head: 'WHY', value: ({ reasons }) => reasons, shrinks: true },
      ],
      globals,
      'no dead letters',
    );
  });

const describe =
  ({ config }: Deployment) =>
  async ({ name, url, queueUrl }: DeadLetterQueue) => {
    const [dead, { waiting }] = await Promise.all([
      readQueue(url, config),
      readQueue(queueUrl, config),
    ]);
    const letters = dead.waiting + dead.inFlight;
    const sample = dead.waiting > 0 ? await peek(url, Math.min(SAMPLE, dead.waiting), config) : [];
    return { queue: name, letters, waiting, reasons: tally(sample.map(reasonOf)) };
  };
