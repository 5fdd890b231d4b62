import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The list prices that the pages compute with. */
export const PRICES = JSON.parse(
  readFileSync(join(__dirname, '../../docs/prices.json'), 'utf8'),
) as {
  readonly month: Readonly<Record<string, number>> & {
    readonly alarmMetric: number;
    readonly dashboardAbove50Metrics: number;
    readonly metric: number;
    readonly secret: number;
    readonly gigabyteOfBucket: number;
    readonly gigabyteOfTable: number;
    readonly gigabyteOfBackups: number;
  };
  readonly hour: {
    readonly loadBalancer: number;
    readonly loadBalancerUnit: number;
    readonly fargateArmCpu: number;
    readonly fargateArmGigabyte: number;
  };
  readonly million: {
    readonly httpApi: number;
    readonly lambdaCalls: number;
    readonly sqs: number;
    readonly s3Writes: number;
    readonly s3Reads: number;
    readonly eventBridge: number;
    readonly metricReads: number;
    readonly secretReads: number;
    readonly dynamoDbWrites: number;
    readonly dynamoDbReads: number;
  };
  readonly gigabyteOfLogs: number;
  readonly lambdaArmGigabyteSecond: number;
};

export const HOURS = 730;
export const MINUTES = HOURS * 60;

/** A row of a table: what, how it is computed, and what comes of it. */
export type Row = readonly [what: string, sum: string, usd: number];

export const grouped = (amount: number): string => amount.toLocaleString('en-US');
export const dollars = (price: number): string =>
  price.toFixed(Math.round(price * 100) === price * 100 ? 2 : 3);

export const each = (what: string, amount: number, price: number): Row => [
  what,
  `${amount} x $${dollars(price)}`,
  amount * price,
];

/** @param millions or a number that is written out */
export const million = (what: string, millions: number, price: number): Row => [
  what,
  `${millions >= 0.1 && millions * 10 === Math.round(millions * 10) ? `${millions} M` : grouped(Math.round(millions * 1e6))} x $${dollars(price)}/M`,
  millions * price,
];

export const time = (
  what: string,
  calls: string,
  amount: number,
  seconds: number,
  memory: number,
): Row => [
  what,
  `${calls} x ${seconds} s x ${memory.toFixed(2)} GB x $${PRICES.lambdaArmGigabyteSecond}`,
  amount * seconds * memory * PRICES.lambdaArmGigabyteSecond,
];

export const logs = (what: string, kilobytes: number, lines: number): Row => {
  const amount = (kilobytes * lines) / 1e6;
  return [
    what,
    `${amount.toFixed(amount < 1 ? 2 : 1)} GB x $${dollars(PRICES.gigabyteOfLogs)}/GB`,
    amount * PRICES.gigabyteOfLogs,
  ];
};

export const gigabytes = (what: string, amount: number, price: number): Row => [
  what,
  `${amount} GB x $${dollars(price)}`,
  amount * price,
];

export const together = (rows: readonly Row[]): number =>
  rows.reduce((sum, [, , usd]) => sum + usd, 0);

/** As the pages have it. */
export const table = (rows: readonly Row[]): string =>
  [
    '| What | Sum | USD |',
    '| --- | --- | --- |',
    ...rows.map(([what, sum, usd]) => `| ${what} | ${sum} | ${usd.toFixed(2)} |`),
  ].join('\n');
export const total = (rows: readonly Row[]): string =>
  `| **together** | | **${together(rows).toFixed(2)}** |`;
