import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { figures } from '../../bench/figures/figures';
import { LABEL_COSTS, toRow } from '../support/label-costs';
import { PRICES } from '../support/price-table';

const page = readFileSync(join(__dirname, '../../docs/performance.md'), 'utf8');

/** The cells of the table under a heading, by rows. */
const tableUnder = (heading: string): string[][] =>
  (page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test('every figure is there, with its limit', () => {
  const rows = tableUnder('Figures').map(([name, , , , must, moonshot]) => [name, must, moonshot]);
  const sign = { lower: '<=', higher: '>=' };
  expect(rows).toEqual(
    figures.map(({ name, better, goal, moonshot, unit }) => {
      const limit = (value: number) =>
        `${sign[better]} ${value.toFixed(unit === 's' ? 3 : 2)} ${unit}`;
      return [name, limit(goal), limit(moonshot)];
    }),
  );
});

test('a figure that is met is, and one that is missed is', () => {
  for (const [, median = '', , , must = '', , verdict] of tableUnder('Figures')) {
    const [is, limit] = [Number.parseFloat(median), Number.parseFloat(must.slice(3))];
    expect(verdict).toBe((must.startsWith('<=') ? is <= limit : is >= limit) ? 'met' : 'missed');
  }
});

const { million, hour, month, lambdaArmGigabyteSecond, gigabyteOfLogs } = PRICES;
/** In KB. */
const SIZES = [3, 30, 300, 3_000];
/** The times of the function receive, by size. */
const MILLISECONDS = [20, 20, 50, 100];
const MEMORY_GB = 1_769 / 1_024;
/** An event takes 1.6 times the bytes of its body, and above 256 KiB it is a claim check. */
const eventKb = (kilobytes: number): number => 1.6 * kilobytes;
const isObject = (kilobytes: number): boolean => eventKb(kilobytes) * 1_000 > 262_144;
/** A request for every 64 KB. */
const requests = (kilobytes: number): number => Math.ceil(kilobytes / 64);

const onLambda: ((kilobytes: number, index: number) => number)[] = [
  (kilobytes) => Math.ceil(kilobytes / 512) * million.httpApi,
  () => million.lambdaCalls,
  (_, index) => (MILLISECONDS[index] ?? 0) * 1e3 * MEMORY_GB * lambdaArmGigabyteSecond,
];
const onBoth: typeof onLambda = [
  (kilobytes) => {
    const message = isObject(kilobytes) ? 1 : eventKb(kilobytes);
    return (requests(message) + requests(10 * message) / 10 + 0.1) * million.sqs;
  },
  (kilobytes) => (isObject(kilobytes) ? million.s3Writes + million.s3Reads : 0),
  (kilobytes) => (isObject(kilobytes) ? eventKb(kilobytes) * month.gigabyteOfBucket : 0),
  (kilobytes) => (isObject(kilobytes) ? 2 * million.eventBridge : 0),
  () => 1.2 * gigabyteOfLogs,
];
/** A unit of the load balancer is a GB in an hour. */
const balancer = (kilobytes: number): number => kilobytes * hour.loadBalancerUnit;

const sumOf = (parts: typeof onLambda) =>
  SIZES.map((size, index) => parts.reduce((sum, part) => sum + part(size, index), 0));
const lambda = sumOf([...onLambda, ...onBoth]);
const server = sumOf([balancer, ...onBoth]);
/** Beside the writes: see deploy.md. */
const working =
  1.2 * million.sqs +
  0.1 * million.lambdaCalls +
  0.1 * 1e5 * MEMORY_GB * lambdaArmGigabyteSecond +
  0.04 * gigabyteOfLogs +
  2 * million.dynamoDbReads;
const labelStore = LABEL_COSTS.map((cost) => working + toRow(cost)[2]);

test('the costs of a million deliveries follow from the prices, and equal those of deploy.md', () => {
  const cells = tableUnder('Costs of a million deliveries').map(([, ...row]) =>
    row.map((cell) => cell.replaceAll('*', '')),
  );
  const text = (sums: readonly number[]) => sums.map((sum) => sum.toFixed(2));
  expect(cells).toEqual([
    ...[...onLambda, ...onBoth].map((part) => text(SIZES.map(part))),
    text(lambda),
    text(SIZES.map(balancer)),
    text(server),
    text(labelStore),
  ]);
  const deploy = readFileSync(join(__dirname, '../../docs/deploy.md'), 'utf8');
  expect(deploy).toContain(`| **together** | | **${lambda[0]?.toFixed(2)}** |`);
});

test('the page says from where on a server is cheaper', () => {
  const fixed = 730 * (hour.fargateArmCpu + 2 * hour.fargateArmGigabyte + hour.loadBalancer);
  const saved = lambda.map((sum, index) => sum - (server[index] ?? 0));
  const [small = 0, medium = 0] = saved.map((each) => fixed / each);
  const words = page.replaceAll(/\s+/g, ' ');
  expect(words).toContain(`= $${fixed.toFixed(2)} a month`);
  expect(words).toContain(`from ${small.toFixed(1)} million deliveries of 3 KB a month on`);
  expect(words).toContain(`which are ${((small * 1e6) / 730 / 3_600).toFixed(1)} in a second`);
  expect(words).toContain(`from ${medium.toFixed(1)} million of 30 KB`);
  // At 300 KB and above it never is.
  expect(saved.map((each) => each > 0)).toEqual([true, true, false, false]);
});

test('the calls of 100 million deliveries a day', () => {
  const average = 100_000_000 / 86_400;
  const peak = 5 * average;
  const numbers = [
    average,
    peak,
    peak * 0.02,
    peak * 2.5,
    peak * 3,
    (1_250 / peak) * 1_000,
    120_000 / peak,
    // Ten events in 100 ms for each call.
    peak / 100,
    100 * ((lambda[0] ?? 0) + (labelStore[0] ?? 0)),
  ];
  for (const number of numbers) expect(page).toContain(Math.round(number).toLocaleString('en-US'));
  // The figure of the milestones, for a day.
  expect(page).toContain('at 139 a second');
  expect(page).toContain(
    `may have ${((139 * 86_400) / 1e6).toFixed(1)} million label events a day`,
  );
});
