import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { HELD } from '../../lib/receive/stored/object-keys';
import { packageService, TEMPLATE } from '../support/package-service';

/** List prices of us-east-1 in USD, without any free tier. */
const PRICE = {
  alarm: 0.1,
  dashboard: 3,
  metric: 0.3,
  secret: 0.4,
  gigabyteOfLogs: 0.5,
  gigabyteOfTable: 0.25,
  gigabyteOfBackups: 0.2,
  lambdaGigabyteSecond: 0.000_013_333_4,
  /** The price of a million. */
  httpApi: 1,
  lambdaCalls: 0.2,
  sqs: 0.4,
  s3Writes: 5,
  s3Reads: 0.4,
  eventBridge: 1,
  metricReads: 10,
  dynamoDbWrites: 0.625,
  dynamoDbReads: 0.125,
};

const HOURS = 730;
const MINUTES = HOURS * 60;
const QUARTERS = HOURS * 4;

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation, of which a test names what it needs
  readonly Properties: any;
}

let resources: Resource[];
beforeAll(() => {
  const template = readFileSync(join(packageService(), TEMPLATE), 'utf8');
  resources = Object.values(JSON.parse(template).Resources);
});

const count = (type: string): number => resources.filter(({ Type }) => Type === type).length;
/** In gigabytes. */
const memoryOf = (name: string): number =>
  resources.find(({ Properties }) => Properties?.FunctionName === `labelrelay-probe-${name}`)
    ?.Properties.MemorySize / 1_024;

/** A row of a table: what, how it is computed, and what comes of it. */
type Row = readonly [what: string, sum: string, usd: number];

const grouped = (amount: number): string => amount.toLocaleString('en-US');
const dollars = (price: number): string =>
  price.toFixed(Math.round(price * 100) === price * 100 ? 2 : 3);

const each = (what: string, amount: number, price: number): Row => [
  what,
  `${amount} x $${dollars(price)}`,
  amount * price,
];
/** @param millions or a number that is written out */
const million = (what: string, millions: number, price: number): Row => [
  what,
  `${millions >= 0.1 && millions * 10 === Math.round(millions * 10) ? `${millions} M` : grouped(Math.round(millions * 1e6))} x $${dollars(price)}/M`,
  millions * price,
];
const time = (
  what: string,
  calls: string,
  amount: number,
  seconds: number,
  memory: number,
): Row => [
  what,
  `${calls} x ${seconds} s x ${memory.toFixed(2)} GB x $0.0000133334`,
  amount * seconds * memory * PRICE.lambdaGigabyteSecond,
];
const logs = (what: string, kilobytes: number, lines: number): Row => {
  const gigabytes = (kilobytes * lines) / 1e6;
  return [
    what,
    `${gigabytes.toFixed(gigabytes < 1 ? 2 : 1)} GB x $${dollars(PRICE.gigabyteOfLogs)}/GB`,
    gigabytes * PRICE.gigabyteOfLogs,
  ];
};

const gigabytes = (what: string, amount: number, price: number): Row => [
  what,
  `${amount} GB x $${dollars(price)}`,
  amount * price,
];

const together = (rows: readonly Row[]): number => rows.reduce((sum, [, , usd]) => sum + usd, 0);

/** As the page has it. */
const table = (rows: readonly Row[]): string =>
  [
    '| What | Sum | USD |',
    '| --- | --- | --- |',
    ...rows.map(([what, sum, usd]) => `| ${what} | ${sum} | ${usd.toFixed(2)} |`),
  ].join('\n');
const total = (rows: readonly Row[]): string =>
  `| **together** | | **${together(rows).toFixed(2)}** |`;

const atRest = (): Row[] => [
  each('Alarms', count('AWS::CloudWatch::Alarm'), PRICE.alarm),
  each('Dashboard', count('AWS::CloudWatch::Dashboard'), PRICE.dashboard),
  each('Secrets', count('AWS::SecretsManager::Secret'), PRICE.secret),
  // Each prefix of what is held, and once an hour what is not finished.
  million('Redelivery looks what is held', (HELD.length * MINUTES + HOURS) / 1e6, PRICE.s3Writes),
  million('Redelivery, calls', MINUTES / 1e6, PRICE.lambdaCalls),
  time(
    'Redelivery, time, assuming 100 ms each',
    grouped(MINUTES),
    MINUTES,
    0.1,
    memoryOf('redeliver'),
  ),
  logs('Redelivery, logs, about 0.9 KB each', 0.9, MINUTES),
  each('Redelivery, `Waiting` and `WaitingSeconds`', 2, PRICE.metric),
  million('Silence, calls', QUARTERS / 1e6, PRICE.lambdaCalls),
  time('Silence, time, assuming 2 s each', grouped(QUARTERS), QUARTERS, 2, memoryOf('silence')),
  // Four metrics of each source.
  million(
    'Silence reads metrics',
    (QUARTERS * 4 * count('AWS::SecretsManager::Secret')) / 1e6,
    PRICE.metricReads,
  ),
  each('Silence, `Silent`', 1 + count('AWS::SecretsManager::Secret'), PRICE.metric),
  million(
    'The label store and milestones: five pollers each ask their queue every 20 seconds',
    (count('AWS::Lambda::EventSourceMapping') * 5 * 3 * MINUTES) / 1e6,
    PRICE.sqs,
  ),
];

const delivered = (): Row[] => [
  million('HTTP API', 1, PRICE.httpApi),
  million('Lambda, calls', 1, PRICE.lambdaCalls),
  time('Lambda, time, assuming 20 ms each', '1 M', 1e6, 0.02, memoryOf('receive')),
  million('SQS: send; receive and delete by ten', 1.2, PRICE.sqs),
  logs('Logs, about 1.2 KB each', 1.2, 1e6),
];

/** Beside what it writes of labels themselves. */
const worked = (): Row[] => [
  million('SQS: a second send; receive and delete by ten', 1.2, PRICE.sqs),
  million('Lambda, calls with ten each', 0.1, PRICE.lambdaCalls),
  time('Lambda, time, assuming 100 ms each', '0.1 M', 1e5, 0.1, memoryOf('label-store')),
  logs('Logs, about 0.4 KB for ten', 0.4, 1e5),
  million(
    'DynamoDB, whether the task or the project is gone: 2 read units',
    2,
    PRICE.dynamoDbReads,
  ),
];

/** A write unit for each KB, and one for each of two links. */
const written = (): Row[] =>
  [4, 30, 300].map((kilobytes) =>
    million(
      `DynamoDB, labels of ${kilobytes} KB: ${kilobytes} + 2 write units`,
      kilobytes + 2,
      PRICE.dynamoDbWrites,
    ),
  );

const more = (): Row[] => [
  million('An archive: PUT', 1, PRICE.s3Writes),
  million('An archive: the events of its objects, made and expired', 2, PRICE.eventBridge),
  million('Above `claimCheckBytes`: PUT', 1, PRICE.s3Writes),
  million("Above `claimCheckBytes`: the worker's GET", 1, PRICE.s3Reads),
  million('Above `claimCheckBytes`: the events of its objects', 2, PRICE.eventBridge),
  million('A tap: one more send', 1, PRICE.sqs),
];

const page = readFileSync(join(__dirname, '../../docs/deploy.md'), 'utf8');

test.each([
  ['every month', () => `${table(atRest())}\n${total(atRest())}\n`],
  ['a million deliveries', () => `${table(delivered())}\n${total(delivered())}\n`],
  ['the label store', () => `${table([...worked(), ...written()])}\n`],
  ['what is not there by default', () => `${table(more())}\n`],
])('the page has the costs of %s', (_, expected) => {
  expect(page).toContain(expected());
});

test('the page adds up the label store', () => {
  const sums = written().map((row) => together([...worked(), row]).toFixed(2));
  expect(page).toContain(`together ${sums[0]}, ${sums[1]} and ${sums[2]}`);
});

/** The costs of the label store for a million labels of 4 KB: its writes, its items at rest, its reads. */
const stored = (): Row[][] => [
  [
    million('DynamoDB, Label Studio, labels of 4 KB: 4 + 2 write units', 6, PRICE.dynamoDbWrites),
    million('DynamoDB, Labelbox, labels of 4 KB: 4 + 1 write units', 5, PRICE.dynamoDbWrites),
    million('S3, labels above 350 KB: a PUT, and a LIST for the version before', 2, PRICE.s3Writes),
  ],
  [
    gigabytes('The table: labels of 4 KB, and two links', 4.4, PRICE.gigabyteOfTable),
    gigabytes('Its backups', 4.4, PRICE.gigabyteOfBackups),
  ],
  // Links of 200 bytes are read 20 at once.
  [
    million(
      'DynamoDB, labels of 4 KB: a read unit, and 0.05 for the link',
      1 + 1 / 20,
      PRICE.dynamoDbReads,
    ),
  ],
];

test('the page of performance has the costs of the label store', () => {
  const performance = readFileSync(join(__dirname, '../../docs/performance.md'), 'utf8');
  for (const rows of stored()) expect(performance).toContain(`${table(rows)}\n`);
});

test('the page says what each queue and each source adds', () => {
  const alarmsOfQueue = resources.filter(
    ({ Type, Properties }) =>
      Type === 'AWS::CloudWatch::Alarm' &&
      /label-created/.test(JSON.stringify(Properties.Dimensions)),
  ).length;
  expect(page).toContain(`each further queue $${dollars(alarmsOfQueue * PRICE.alarm)}`);
  // Its secret, its alarm, its metric, and reads of four metrics four times an hour.
  const source =
    PRICE.secret + PRICE.alarm + PRICE.metric + (QUARTERS * 4 * PRICE.metricReads) / 1e6;
  expect(page).toContain(`each further source $${source.toFixed(2)}`);
  expect(page).toContain(`each metric that was counted $${dollars(PRICE.metric)}`);
});
