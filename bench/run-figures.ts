import { writeFileSync } from 'node:fs';
import type { Bench } from './bench';
import type { Figure, Measured } from './figure';
import { exitCode, judge } from './judge';
import { printTable } from './print-table';

export interface Output {
  /** A file for the figures as JSON. */
  readonly json?: string;
  readonly print: (text: string) => void;
  /** Is called after each figure. */
  readonly progress: (text: string) => void;
}

/** Measures, prints and writes every figure. @returns the exit code of the process */
export async function runFigures(
  figures: readonly Figure[],
  bench: Bench,
  { json, print, progress }: Output,
): Promise<number> {
  const measured: Measured[] = [];
  for (const figure of figures) {
    const began = performance.now();
    const result = judge(figure, await figure.measure(bench));
    measured.push(result);
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    progress(`${figure.name}: ${result.value.toFixed(2)}, measured in ${seconds} s`);
  }
  print(printTable(measured, bench.isShort));
  if (json) writeFileSync(json, `${JSON.stringify({ figures: measured }, null, 2)}\n`);
  return exitCode(measured, bench.isShort);
}
