import { reasonOf } from '../../lib/aws/operate/letter';
import { peek } from '../../lib/aws/operate/peek';
import type { Message } from '../../lib/aws/operate/receive';
import { LabelrelayError } from '../../lib/errors';
import { MOST_PER_SECOND, moveByTask } from '../aws/move-task';
import { define } from '../command/define';
import { type Globals, globalsOf } from '../command/globals';
import { catchInterruption, interruption, pause } from '../command/interruption';
import { rateUpTo } from '../command/parse';
import type { Deployment } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { confirm } from '../terminal/confirm';
import { say } from '../terminal/print';
import { printRows } from '../terminal/print-rows';
import { progress } from '../terminal/progress';
import type { Column } from '../terminal/table';
import { type DeadLetterQueue, deadLetterQueues, readBoth } from './dead-letter-queues';
import { moveOneByOne } from './move-one-by-one';
import { tellMissing } from './tell-missing';

interface Options {
  readonly rate: number;
  readonly reason?: string;
}

interface Planned extends DeadLetterQueue {
  readonly letters: number;
  /** The number of dead letters with the reason. */
  readonly wanted: number;
  readonly arns: { readonly from: string; readonly to: string };
}

/** `labelrelay dlq redrive` */
export const redrive = define('redrive', 'Send dead letters back to their queue', [
  ['labelrelay dlq redrive label-updated --dry-run', 'show what would be moved'],
  ['labelrelay dlq redrive label-updated --rate 20/s', 'twenty a second, after you confirm'],
  [
    'labelrelay dlq redrive --all --reason "no such label" --yes',
    'from every queue, those with a reason',
  ],
])
  .argument('[queue]', 'a queue, or its topic')
  .option('--all', 'from every queue')
  .option('--rate <n/s>', 'messages a second, at most 500/s', rateUpTo(MOST_PER_SECOND), 50)
  .option('--reason <text>', 'only those whose reason contains it')
  .option('--dry-run', 'only show what would be moved')
  .option('-y, --yes', 'do not ask')
  .action(async (queue, options, command) => {
    const globals = globalsOf(command);
    expectOne(queue, options.all);
    const deployment = await findDeployment(globals);
    const planned = await plan(deployment, queue, options.reason);
    const total = planned.reduce((sum, { wanted }) => sum + wanted, 0);
    if (options.dryRun) {
      const rows = planned.map(({ name, letters, wanted }) => ({
        queue: name,
        letters,
        wouldMove: wanted,
      }));
      report(rows, { head: 'WOULD MOVE', value: ({ wouldMove }) => wouldMove }, globals);
      return;
    }
    const chosen = options.reason === undefined ? '' : ' with that reason';
    for (const { name, wanted } of planned) say(`${name}: ${wanted} dead letters${chosen}`);
    if (total > 0)
      await confirm(`Up to ${total} messages${chosen} go back to their workers.`, options.yes);
    catchInterruption();
    const rows = planned.map(({ name, letters }) => ({ queue: name, letters, moved: 0 }));
    try {
      for (const [at, each] of planned.entries()) {
        const moved = (count: number): void => {
          rows[at] = { queue: each.name, letters: each.letters, moved: count };
        };
        if (each.wanted > 0 && !interruption.aborted) await move(each, options, deployment, moved);
      }
    } finally {
      report(rows, { head: 'MOVED', value: ({ moved }) => moved }, globals);
    }
  });

/** @throws LabelrelayError `usage` */
function expectOne(queue: string | undefined, isAll = false): void {
  if ((queue !== undefined) !== isAll) return;
  const came = isAll ? `got both, ${queue} and --all` : 'got none: see labelrelay dlq list';
  throw new LabelrelayError('usage', `expected a queue or --all, ${came}`);
}

async function plan(
  deployment: Deployment,
  queue: string | undefined,
  reason: string | undefined,
): Promise<Planned[]> {
  const missing: string[] = [];
  const all = await Promise.all(
    deadLetterQueues(deployment, queue).map(async (each) => {
      const both = await readBoth(each, deployment);
      missing.push(...both.missing);
      if (!both.dead || !both.queue) return [];
      const { waiting: letters, inFlight, arn: from } = both.dead;
      if (inFlight > 0)
        say(`${each.name}: ${inFlight} more are in flight, and become visible later`);
      const wanted =
        reason === undefined || letters === 0
          ? letters
          : (await peek(each.url, letters, deployment.config)).filter(has(reason)).length;
      return letters > 0 ? [{ ...each, letters, wanted, arns: { from, to: both.queue.arn } }] : [];
    }),
  );
  tellMissing(missing, queue);
  return all.flat();
}

const has =
  (reason: string) =>
  (message: Message): boolean =>
    reasonOf(message).includes(reason);

async function move(
  planned: Planned,
  { rate: perSecond, reason }: Options,
  { config }: Deployment,
  tell: (count: number) => void,
): Promise<void> {
  const bar = progress(planned.name, planned.letters);
  const moved = (count: number): void => {
    bar.to(count);
    tell(count);
  };
  try {
    // SQS can only move all messages of a queue.
    const byTask =
      reason === undefined
        ? await moveByTask({ ...planned.arns, perSecond }, config, { moved, pause })
        : undefined;
    if (byTask !== undefined) return;
    await moveOneByOne(
      planned,
      {
        perSecond,
        limit: planned.letters,
        isWanted: reason === undefined ? () => true : has(reason),
        moved,
      },
      config,
    );
  } finally {
    bar.end();
  }
}

const report = <Row extends { readonly queue: string; readonly letters: number }>(
  rows: readonly Row[],
  outcome: Column<Row>,
  globals: Globals,
): void =>
  printRows(
    rows,
    [
      { head: 'QUEUE', value: ({ queue }) => queue },
      { head: 'DEAD LETTERS', value: ({ letters }) => letters },
      outcome,
    ],
    globals,
    'no dead letters',
  );
