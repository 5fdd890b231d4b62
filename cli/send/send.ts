import { Option } from '@commander-js/extra-typings';
import { LabelrelayError } from '../../lib/errors';
import { type PlatformName, platforms } from '../../lib/platforms/platforms';
import { type Disorder, disturb } from '../../lib/testing/disturb';
import { fixtures, listFixtures, type Unsigned } from '../../lib/testing/fixtures';
import { define } from '../command/define';
import { EXIT } from '../command/exit-code';
import { type Globals, globalsOf } from '../command/globals';
import { catchInterruption } from '../command/interruption';
import { collect, count, rate, share, url } from '../command/parse';
import { say } from '../terminal/print';
import { printRows } from '../terminal/print-rows';
import { progress } from '../terminal/progress';
import type { Column } from '../terminal/table';
import { findDeliveries } from './find-deliveries';
import { pace } from './pace';
import type { Posted } from './post';
import { receiver, type Target } from './receiver';
import { type Numbered, type Repetition, repeat } from './repeat';
import { type Row, SUMMARY, summarize } from './summarize';

interface Options extends Target, Repetition, Omit<Disorder, 'seed'> {
  readonly seed?: number;
  readonly list?: true;
  readonly all?: true;
  readonly platform: PlatformName;
  readonly rate?: number;
}

/** `labelrelay send` */
export const send = define('send', 'Sign deliveries and post them to a receiver', [
  ['labelrelay send v1-label-created-2023 --local', 'one fixture to `npm start`'],
  ['labelrelay send --list', 'list the fixtures'],
  [
    'labelrelay send --all --shuffle --duplicate 20% --seed 7 --rate 50/s --local',
    'with duplicates and in any order, the same each time',
  ],
  [
    'labelrelay send mine.json --platform labelbox --event LABEL_UPDATED --set dataRow.externalId=7',
    'your own body, with one member changed',
  ],
  [
    'labelrelay send v1-label-created-2023 --repeat 1000 --set id=load-{n} --rate 50/s --local',
    'a thousand labels, each with an id of its own',
  ],
  [
    'LABELRELAY_SECRET=… labelrelay send v1-label-created-2023 --url https://hooks.example.com',
    'to any receiver, with the secret from the environment',
  ],
])
  .argument('[deliveries...]', 'fixtures by name, or files with a body')
  .option('--list', 'list the fixtures')
  .option('--all', 'every fixture')
  .option('--source <name>', 'the source of the deliveries (default: named after the platform)')
  .addOption(
    new Option('--platform <name>', 'the platform of files')
      .choices(Object.keys(platforms) as PlatformName[])
      .default('labelbox' as const),
  )
  .option('--event <name>', 'the event for the header of files, such as LABEL_CREATED')
  .option('--url <url>', 'another receiver, with or without /webhooks/<source>', url)
  .option(
    '--set <path=value>',
    'change a member of the body; can be repeated; {n} is the number of the repetition',
    collect,
  )
  .option('--repeat <number>', 'send each delivery so many times, numbered from 1', count)
  .option('--shuffle', 'send in random order')
  .option('--duplicate <share>', 'the share to send twice, such as 20%', share)
  .option('--seed <number>', 'makes the random order repeatable', count)
  .option('--rate <n/s>', 'deliveries started a second (default: one after the other)', rate)
  .action(async (names, options, command) => {
    const globals = globalsOf(command);
    if (options.list) {
      printFixtures(globals);
      return;
    }
    const deliveries = repeat(choose(names, options), options);
    const seed = options.seed ?? 1 + Math.floor(Math.random() * 1_000_000);
    const rows = await postAll(disturb(deliveries, { ...options, seed }), options, globals);
    if (options.repeat) printRows(summarize(rows), SUMMARY, globals);
    else printRows(rows, COLUMNS, globals);
    if (options.shuffle || options.duplicate) say(`to repeat this order: --seed ${seed}`);
    if (!rows.every(isDone)) process.exitCode = EXIT.findings;
  });

const isDone = ({ status = 0, held }: Posted): boolean => status >= 200 && status < 300 && !held;

function printFixtures(globals: Globals): void {
  printRows(
    listFixtures(),
    [
      { head: 'PLATFORM', value: ({ platform }) => platform },
      { head: 'NAME', value: ({ name }) => name },
      { head: 'EVENT', value: ({ event }) => event, shrinks: true },
      { head: 'BYTES', value: ({ bytes }) => bytes },
    ],
    globals,
  );
}

function choose(names: readonly string[], { all, platform }: Options): Unsigned[] {
  if (all && names.length === 0) return fixtures();
  if (all) throw new LabelrelayError('usage', `expected --all alone, got also ${names.join(', ')}`);
  if (names.length > 0) return findDeliveries(names, platform);
  throw new LabelrelayError(
    'usage',
    'expected fixtures, files or --all: see labelrelay send --list',
  );
}

async function postAll(
  deliveries: readonly Numbered[],
  options: Options,
  globals: Globals,
): Promise<Row[]> {
  const deliver = await receiver(options, globals);
  catchInterruption();
  const bar = progress('sent', deliveries.length);
  const rows: Row[] = [];
  await pace(deliveries, options.rate, async (delivery) => {
    const { platform, name } = delivery;
    rows.push({ platform, name, ...(await deliver({ ...delivery, body: delivery.body() })) });
    bar.to(rows.length);
  });
  bar.end();
  return rows;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'DELIVERY', value: ({ platform, name }) => `${platform}/${name}` },
  { head: 'STATUS', value: ({ status }) => status ?? 'none' },
  { head: 'EVENTS', value: ({ events }) => events },
  { head: 'MS', value: ({ milliseconds }) => milliseconds },
  {
    head: 'ID, OR WHAT IS WRONG',
    value: ({ id, held, problem }) => problem ?? [id, held && '(held)'].filter(Boolean).join(' '),
    shrinks: true,
  },
];
