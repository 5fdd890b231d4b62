import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { LABEL_COSTS, toRow } from '../support/label-costs';
import { metricsWritten } from '../support/metrics-written';
import { packageService, TEMPLATE } from '../support/package-service';
import {
  each,
  gigabytes,
  grouped,
  HOURS,
  logs,
  MINUTES,
  million,
  PRICES,
  type Row,
  table,
  time,
  together,
  total,
} from '../support/price-table';

const { month, million: of } = PRICES;
const QUARTERS = HOURS * 4;
/** How often the function `redeliver` looks at the queues. */
const LOOKS = MINUTES / 5;

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

/** AWS charges for the metrics that alarms read. No alarm here reads several by an expression. */
function alarmMetrics(): number {
  const alarms = resources.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  for (const { Properties } of alarms) expect(Properties.Metrics).toBeUndefined();
  return alarms.length;
}

/** The metrics of the dashboard. An expression of several would count as several. */
function dashboardMetrics(): number {
  const dashboard = resources.find(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
  const { widgets } = JSON.parse(dashboard?.Properties.DashboardBody['Fn::Sub']);
  const lines = widgets.flatMap(
    ({ properties }: Resource['Properties']) => properties.metrics ?? [],
  );
  expect(JSON.stringify(lines)).not.toContain('expression');
  return lines.length;
}

const sources = (): number => count('AWS::SecretsManager::Secret');

const atRest = (): Row[] => [
  each('Alarms, for each metric that they read', alarmMetrics(), month.alarmMetric),
  [
    'Dashboard',
    `${dashboardMetrics()} metrics, up to 50 are free`,
    dashboardMetrics() > 50 ? month.dashboardAbove50Metrics : 0,
  ],
  each('Secrets', sources(), month.secret),
  // Once a minute the folders of what is held, and once an hour what is not finished.
  million('Redelivery looks whether something is held', (MINUTES + HOURS) / 1e6, of.s3Writes),
  million('Redelivery, calls', MINUTES / 1e6, of.lambdaCalls),
  time(
    'Redelivery, time, assuming 60 ms each',
    grouped(MINUTES),
    MINUTES,
    0.06,
    memoryOf('redeliver'),
  ),
  logs('Redelivery, logs, about 0.7 KB each', 0.7, MINUTES),
  million(
    `Redelivery looks at ${count('AWS::SQS::Queue')} queues every five minutes`,
    (count('AWS::SQS::Queue') * LOOKS) / 1e6,
    of.sqs,
  ),
  time(
    'Redelivery, time for that, assuming 150 ms each',
    grouped(LOOKS),
    LOOKS,
    0.15,
    memoryOf('redeliver'),
  ),
  million('Silence, calls', QUARTERS / 1e6, of.lambdaCalls),
  time('Silence, time, assuming 2 s each', grouped(QUARTERS), QUARTERS, 2, memoryOf('silence')),
  million('Silence reads a metric of each source', (QUARTERS * sources()) / 1e6, of.metricReads),
  million(
    'The label store and milestones: five pollers each ask their queue every 20 seconds',
    (count('AWS::Lambda::EventSourceMapping') * 5 * 3 * MINUTES) / 1e6,
    of.sqs,
  ),
];

const delivered = (): Row[] => [
  million('HTTP API', 1, of.httpApi),
  million('Lambda, calls', 1, of.lambdaCalls),
  time('Lambda, time, assuming 20 ms each', '1 M', 1e6, 0.02, memoryOf('receive')),
  million('SQS: send; receive and delete by ten', 1.2, of.sqs),
  logs('Logs, about 1.2 KB each', 1.2, 1e6),
];

/** Beside what it writes of labels themselves. */
const worked = (): Row[] => [
  million('SQS: a second send; receive and delete by ten', 1.2, of.sqs),
  million('Lambda, calls with ten each', 0.1, of.lambdaCalls),
  time('Lambda, time, assuming 100 ms each', '0.1 M', 1e5, 0.1, memoryOf('label-store')),
  logs('Logs, about 0.4 KB for ten', 0.4, 1e5),
  million('DynamoDB, whether the task or the project is gone: 2 read units', 2, of.dynamoDbReads),
];

const written = (): Row[] => LABEL_COSTS.map(toRow);

const more = (): Row[] => [
  million('An archive: PUT', 1, of.s3Writes),
  million('An archive: the events of its objects, made and expired', 2, of.eventBridge),
  million('Above `claimCheckBytes`: PUT', 1, of.s3Writes),
  million("Above `claimCheckBytes`: the worker's GET", 1, of.s3Reads),
  million('Above `claimCheckBytes`: the events of its objects', 2, of.eventBridge),
  million('A tap: one more send', 1, of.sqs),
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
  expect(page).toContain(`together ${sums.slice(0, -1).join(', ')} and ${sums.at(-1)}`);
});

/** The costs of the label store for a million labels: its writes, its items at rest, its reads. */
const stored = (): Row[][] => [
  written(),
  [
    gigabytes('The table: labels of 3 KB, and their links', 1.3, month.gigabyteOfTable),
    gigabytes('Its backups', 1.3, month.gigabyteOfBackups),
  ],
  // Links of 200 bytes are read 20 at once.
  [
    million(
      'DynamoDB, labels of 3 KB: a read unit, and 0.05 for the link',
      1 + 1 / 20,
      of.dynamoDbReads,
    ),
  ],
];

test('the page of performance has the costs of the label store', () => {
  const performance = readFileSync(join(__dirname, '../../docs/performance.md'), 'utf8');
  for (const rows of stored()) expect(performance).toContain(`${table(rows)}\n`);
});

test('the page says what each queue and each source adds', () => {
  // Its queue and its dead-letter queue are looked at.
  const queue = (2 * LOOKS * of.sqs) / 1e6;
  expect(page).toContain(`each further queue $${queue.toFixed(2)}`);
  const source = month.secret + (QUARTERS * of.metricReads) / 1e6;
  expect(page).toContain(`each further source $${source.toFixed(2)}`);
});

test('a deployment without traffic costs at most 3.50 a month', () => {
  expect(together(atRest())).toBeLessThanOrEqual(3.5);
});

const MILLIONS = 0.1;
const part = (rows: readonly Row[]): number => MILLIONS * together(rows);

const inLightTraffic = (metrics: number): Row[] => [
  ['Without traffic, as above', '', together(atRest())],
  each('Metrics of deliveries, and of messages that wait', metrics, month.metric),
  million(
    'Redelivery reads the age of the oldest message of two queues at each look',
    (2 * LOOKS) / 1e6,
    of.metricReads,
  ),
  ['Deliveries of 3 KB, as below', '100,000', part(delivered())],
  [
    'Label store, labels of 3 KB, as below',
    '100,000',
    part([...worked(), ...written().slice(0, 1)]),
  ],
];

test('light traffic of everything on both sources costs at most 10 a month', async () => {
  const written = await metricsWritten();
  const metrics = new Set([...written, 'TooLarge', 'OldestMessageSeconds']);
  const rows = inLightTraffic(metrics.size);
  expect(together(rows)).toBeLessThanOrEqual(10);
  expect(page).toContain(`${table(rows)}\n${total(rows)}\n`);
});
