import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Bench } from './bench';
import type { Started } from './sides/cold';

export interface ColdStart extends Started {
  /** The time from before the start of the process to its report, in milliseconds. */
  readonly total: number;
}

/** Starts a process that loads a bundle, and delivers the event if there is one. */
export async function startCold(
  { node, path, environment }: Bench,
  bundle: string,
  event?: string,
): Promise<ColdStart> {
  const began = performance.now();
  const child = spawn(node, [path('cold.js'), bundle, ...(event ? [event] : [])], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const exited = once(child, 'exit');
  child.stdout?.resume();
  const report = child.stdio[3] as Readable;
  let total = 0;
  report.once('data', () => {
    total = performance.now() - began;
  });
  const [told] = await Promise.all([text(report), exited]);
  if (!told) throw new Error(`expected ${bundle} to start, it ended before`);
  return { ...(JSON.parse(told) as Started), total };
}
