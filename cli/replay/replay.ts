import { LabelrelayError } from '../../lib/errors';
import { topics } from '../../lib/events/topics';
import { define } from '../command/define';
import { EXIT } from '../command/exit-code';
import { type Globals, globalsOf } from '../command/globals';
import { catchInterruption } from '../command/interruption';
import { moment, rate } from '../command/parse';
import { leaveOld } from '../deliveries/leave-old';
import { openStored } from '../deliveries/open-stored';
import { type Deployment, sourceOf, workerQueueOf } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';
import { pace } from '../send/pace';
import { confirm } from '../terminal/confirm';
import { say } from '../terminal/print';
import { printRows } from '../terminal/print-rows';
import { progress } from '../terminal/progress';
import { type Found, findArchived, type Selection } from './archived';
import { expectArchive } from './expect-archive';
import { toPipeline } from './to-pipeline';
import { toQueue } from './to-queue';

interface Options {
  readonly from: Date;
  readonly to?: Date;
  readonly source?: string;
  readonly topic?: string;
}

/** `labelrelay replay` */
export const replay = define('replay', 'Send deliveries from the archive again', [
  ['labelrelay replay --from 2h --dry-run --stage prod', 'show the last two hours'],
  [
    'labelrelay replay --from 2026-01-31 --to 2026-02-01 --source labelbox',
    'a day of one source, to every queue',
  ],
  [
    'labelrelay replay --from 7d --topic label.updated --queue audit --rate 20/s',
    'a week of a topic, to one queue only',
  ],
])
  .requiredOption('--from <moment>', 'received since: a day or moment in UTC, or 2h ago', moment)
  .option('--to <moment>', 'received before (default: now)', moment)
  .option('--source <name>', 'only from this source')
  .option('--topic <topic>', 'only deliveries with an event of this topic')
  .option('--queue <name>', 'only to this queue (default: to every queue of a topic)')
  .option('--rate <n/s>', 'deliveries a second', rate, 20)
  .option('--even-if-old', 'also if older than 90 days: deleted labels may come back')
  .option('--dry-run', 'only show what would be sent')
  .option('-y, --yes', 'do not ask')
  .action(async (options, command) => {
    const globals = globalsOf(command);
    const deployment = await findDeployment(globals);
    const selection = select(options, deployment);
    const queue =
      options.queue === undefined ? undefined : workerQueueOf(deployment, options.queue).name;
    catchInterruption();
    const found = leaveOld(await find(selection, deployment), options.evenIfOld);
    if (options.dryRun || found.length === 0) {
      if (found.length === 0) await expectArchive(deployment);
      report(found, { head: 'WOULD SEND', member: 'wouldSend', deliveries: found }, globals);
      return;
    }
    const where = queue ? `the queue ${queue}` : 'every queue of their topics';
    await confirm(`${found.length} deliveries will be sent again to ${where}.`, options.yes);
    const replayed: Found[] = [];
    const bar = progress('replayed', found.length);
    const again = async (each: Found): Promise<void> => {
      // The delivery may have expired meanwhile.
      const stored = await openStored(each.key, deployment);
      if (stored && queue) await toQueue(stored, queue, selection.topic, deployment);
      else if (stored) await toPipeline(stored, deployment);
      replayed.push(each);
      bar.to(replayed.length);
    };
    try {
      await pace(
        found.filter(({ fitsIntoMemory }) => fitsIntoMemory),
        options.rate,
        again,
      );
      // Each large delivery keeps a CPU busy, so they are sent one after the other.
      await pace(
        found.filter(({ fitsIntoMemory }) => !fitsIntoMemory),
        undefined,
        again,
      );
    } finally {
      bar.end();
    }
    report(found, { head: 'REPLAYED', member: 'replayed', deliveries: replayed }, globals);
  });

/** @throws LabelrelayError `usage`, `not-found` */
function select(
  { from, to = new Date(), source, topic }: Options,
  deployment: Deployment,
): Selection {
  if (from >= to) {
    const message = `expected --from before --to, got ${from.toISOString()} and ${to.toISOString()}`;
    throw new LabelrelayError('usage', message);
  }
  if (source !== undefined) sourceOf(deployment, source);
  const known = topics.find((each) => each === topic);
  if (topic === undefined || known) return { from, to, source, topic: known };
  throw new LabelrelayError('usage', `--topic: expected one of ${topics.join(', ')}, got ${topic}`);
}

async function find(selection: Selection, deployment: Deployment): Promise<Found[]> {
  const found: Found[] = [];
  const bar = progress('found', undefined);
  const skip = (key: string, { message }: LabelrelayError) => {
    say(`left out ${key}: ${message}`);
    process.exitCode = EXIT.findings;
  };
  for await (const each of findArchived(selection, deployment, skip)) {
    found.push(each);
    bar.to(found.length);
  }
  bar.end();
  return found;
}

/** The outcome of the deliveries, real or in a dry run. */
interface Outcome {
  readonly head: string;
  readonly member: 'wouldSend' | 'replayed';
  readonly deliveries: readonly Found[];
}

/** Prints a line for each source and topic. A delivery with several topics counts for each. */
function report(
  found: readonly Found[],
  { head, member, deliveries }: Outcome,
  globals: Globals,
): void {
  const names = [
    ...new Set(found.flatMap(({ source, topics }) => topics.map((topic) => `${source} ${topic}`))),
  ];
  const count = (all: readonly Found[], name: string) =>
    all.filter(({ source, topics }) => topics.some((topic) => `${source} ${topic}` === name))
      .length;
  const rows = names.sort().map((name) => {
    const [source = '', topic = ''] = name.split(' ');
    const outcome: { [name in Outcome['member']]?: number } = { [member]: count(deliveries, name) };
    return { source, topic, deliveries: count(found, name), ...outcome };
  });
  printRows(
    rows,
    [
      { head: 'SOURCE', value: ({ source }) => source },
      { head: 'TOPIC', value: ({ topic }) => topic },
      { head: 'DELIVERIES', value: ({ deliveries }) => deliveries },
      { head, value: (row) => row[member] },
    ],
    globals,
    'no deliveries in the archive for that period',
  );
}
