import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Bench } from '../../bench/bench';
import type { Figure } from '../../bench/figure';
import { runFigures } from '../../bench/run-figures';

const figure = (rounds: number[], overrides: Partial<Figure> = {}): Figure => ({
  name: 'cost / floor',
  unit: 'x',
  better: 'lower',
  goal: 2,
  moonshot: 1,
  bound: 4,
  measure: async () => rounds,
  ...overrides,
});

async function run(figures: Figure[], isShort = false) {
  const json = join(mkdtempSync(join(tmpdir(), 'bench-test-')), 'figures.json');
  const printed: string[] = [];
  const code = await runFigures(figures, { isShort } as Bench, {
    json,
    print: (text) => printed.push(text),
    progress: () => {},
  });
  const written = JSON.parse(readFileSync(json, 'utf8'));
  return { code, figures: written.figures, table: printed.join('\n') };
}

describe('a whole run', () => {
  test('ends well when every goal is met', async () => {
    const { code, figures, table } = await run([figure([1.5, 3, 1])]);
    expect(code).toBe(0);
    expect(figures).toEqual([
      expect.objectContaining({
        name: 'cost / floor',
        value: 1.5,
        goal: 2,
        moonshot: 1,
        met: true,
        min: 1,
        median: 1.5,
        max: 3,
      }),
    ]);
    expect(table).toMatch(/cost \/ floor +1\.50 x +1\.00 x +3\.00 x +<= 2\.00 x +<= 1\.00 x +met/);
  });

  test.each([
    ['beyond its goal', figure([2.1, 2.1, 0.1])],
    ['too slow where more is better', figure([1.9], { better: 'higher' })],
    ['measured in no round', figure([])],
  ])('fails on a figure that is %s', async (_, missed) => {
    const { code, figures } = await run([figure([1]), missed]);
    expect(code).toBe(1);
    expect(figures.map(({ met }: { met: boolean }) => met)).toEqual([true, false]);
  });
});

describe('a short run', () => {
  test('lets a goal be missed within the bound', async () => {
    const { code, figures } = await run([figure([3.9])], true);
    expect(figures[0].met).toBe(false);
    expect(code).toBe(0);
  });

  test('fails beyond the bound', async () => {
    const { code, table } = await run([figure([4.1])], true);
    expect(code).toBe(1);
    expect(table).toContain('REGRESSED');
  });

  test('fails nothing that has no bound, such as seconds', async () => {
    const seconds = figure([9], { unit: 's', bound: undefined });
    expect((await run([seconds], true)).code).toBe(0);
  });
});
