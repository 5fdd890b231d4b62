import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { calls } from '../../bench/figures/calls';
import { cpu } from '../../bench/figures/cpu';
import { large } from '../../bench/figures/large';
import { load } from '../../bench/figures/load';
import { throughput } from '../../bench/figures/throughput';
import { worker } from '../../bench/figures/worker';

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
  const figures = [...load, ...cpu, ...throughput, ...large, ...calls, ...worker];
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

test('the costs of a million deliveries add up, and equal those of deploy.md', () => {
  const rows = tableUnder('What a million deliveries cost');
  const sums = rows
    .at(-1)
    ?.slice(1)
    .map((cell) => Number(cell.replaceAll('*', '')));
  const stages = rows.slice(0, -1);
  const added = sums?.map((_, size) =>
    stages.reduce((sum, row) => sum + Number(row[size + 1]), 0).toFixed(2),
  );
  expect(sums?.map((sum) => sum.toFixed(2))).toEqual(added);
  const deploy = readFileSync(join(__dirname, '../../docs/deploy.md'), 'utf8');
  expect(deploy).toContain(`| **together** | | **${sums?.[0]?.toFixed(2)}** |`);
});

test('the calls of 100 million deliveries a day', () => {
  const average = 100_000_000 / 86_400;
  const peak = 5 * average;
  for (const number of [average, peak, peak * 0.02, peak * 2.5, (1_250 / peak) * 1_000]) {
    expect(page).toContain(Math.round(number).toLocaleString('en-US'));
  }
});
