import { LabelrelayError } from '../../lib/errors';
import { moveByTask } from '../aws/move-task';
import { readQueue } from '../aws/read-queue';
import { define } from '../command/define';
import { type Globals, globalsOf } from '../command/globals';
import { catchInterruption, pause } from '../command/interruption';
import { rate } from '../command/parse';
import type { Deployment } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { confirm } from '../terminal/confirm';
import { say } from '../terminal/print';
import { printRows } from '../terminal/print-rows';
import { progress } from '../terminal/progress';
import { type DeadLetterQueue, deadLetterQueues } from './dead-letter-queues';
import { reasonOf } from './letter';
import { moveOneByOne } from './move-one-by-one';

interface Options {
  readonly rate: number;
  readonly reason?: string;
}

interface Planned extends DeadLetterQueue {
  readonly letters: number;
}

/** `labelrelay dlq redrive` */
export const redrive = define('redrive', 'Send dead letters back to their queue', [
  ['labelrelay dlq redrive label.updated --dry-run', 'what would be moved'],
  ['labelrelay dlq redrive label.updated --rate 20/s', 'twenty in a second, after you agreed'],
  [
    'labelrelay dlq redrive --all --reason "no such label" --yes',
    'of every queue, those with a reason',
  ],
])
  .argument('[queue]', 'a queue, or its topic')
  .option('--all', 'of every queue')
  .option('--rate <n/s>', 'so many in a second, at most 500/s', rate, 50)
  .option('--reason <text>', 'only those whose reason contains it')
  .option('--dry-run', 'only say what would be moved')
  .option('-y, --yes', 'do not ask')
  .action(async (queue, options, command) => {
    const globals = globalsOf(command);
    if ((queue === undefined) !== (options.all === true)) {
      throw new LabelrelayError('usage', 'expected a queue or --all: see labelrelay dlq list');
    }
    const deployment = await findDeployment(globals);
    const planned = await plan(deployment, queue);
    const total = planned.reduce((sum, { letters }) => sum + letters, 0);
    if (options.dryRun || total === 0) {
      report(
        planned.map(({ name, letters }) => ({ queue: name, letters, moved: 0 })),
        globals,
      );
      return;
    }
    for (const { name, letters } of planned) say(`${name}: ${letters} dead letters`);
    await confirm(`Up to ${total} messages go back to their workers.`, options.yes);
    catchInterruption();
    const rows = [];
    for (const each of planned) {
      rows.push({
        queue: each.name,
        letters: each.letters,
        moved: await move(each, options, deployment),
      });
    }
    report(rows, globals);
  });

const plan = async (deployment: Deployment, queue: string | undefined): Promise<Planned[]> => {
  const all = await Promise.all(
    deadLetterQueues(deployment, queue).map(async (each) => {
      const { waiting } = await readQueue(each.url, deployment.config);
      return { ...each, letters: waiting };
    }),
  );
  return all.filter(({ letters }) => letters > 0);
};

async function move(
  planned: Planned,
  { rate: perSecond, reason }: Options,
  { config }: Deployment,
): Promise<number> {
  const bar = progress(planned.name, planned.letters);
  try {
    // SQS moves all or nothing.
    const byTask =
      reason === undefined ? await moveAll(planned, perSecond, config, bar.to) : undefined;
    if (byTask !== undefined) return byTask;
    return await moveOneByOne(
      planned,
      {
        perSecond,
        limit: planned.letters,
        isWanted: (message) => reason === undefined || reasonOf(message).includes(reason),
        moved: bar.to,
      },
      config,
    );
  } finally {
    bar.end();
  }
}

async function moveAll(
  { url, queueUrl }: DeadLetterQueue,
  perSecond: number,
  config: Deployment['config'],
  moved: (count: number) => void,
): Promise<number | undefined> {
  const [from, to] = await Promise.all([readQueue(url, config), readQueue(queueUrl, config)]);
  return moveByTask({ from: from.arn, to: to.arn, perSecond }, config, { moved, pause });
}

interface Row {
  readonly queue: string;
  readonly letters: number;
  readonly moved: number;
}

const report = (rows: readonly Row[], globals: Globals): void =>
  printRows(
    rows,
    [
      { head: 'QUEUE', value: ({ queue }) => queue },
      { head: 'DEAD LETTERS', value: ({ letters }) => letters },
      { head: 'MOVED', value: ({ moved }) => moved },
    ],
    globals,
    'no dead letters',
  );
