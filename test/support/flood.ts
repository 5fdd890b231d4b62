import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Flood } from './flood-process';
import { deliver } from './send';
import { TSX } from './tsx';

export interface Measured {
  /** The 95th percentile of small deliveries without a flood, in milliseconds. */
  readonly quietP95: number;
  readonly floodedP95: number;
  /** The memory of the process before, and its peak since, in bytes. */
  readonly idle: number;
  readonly peak: number;
  readonly statuses: ReadonlySet<number>;
}

/** How long a flood runs before the measurement, to reach its full rate. */
const FLOW_MS = 1_500;
const move = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };

/**
 * Sends small deliveries to a server, alternately alone and during a flood, so that other load on the machine slows
 * both.
 */
export async function measureFlood(
  url: string,
  pid: number,
  flood: Flood,
  { rounds, deliveries }: { readonly rounds: number; readonly deliveries: number },
): Promise<Measured> {
  const statuses = new Set<number>();
  const time = async (times: number[]): Promise<void> => {
    for (let index = 0; index < deliveries; index++) {
      const began = performance.now();
      const { status } = await deliver(url, move);
      times.push(performance.now() - began);
      statuses.add(status);
      await setTimeout(10);
    }
  };
  await time([]);
  const idle = inMemory('VmRSS', pid);
  const sender = fork(join(__dirname, 'flood-process.ts'), [url], {
    execArgv: TSX,
  });
  const [quiet, flooded]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round++) {
      await setTimeout(FLOW_MS);
      await time(quiet);
      sender.send(flood);
      await setTimeout(FLOW_MS);
      await time(flooded);
      sender.send('end');
    }
  } finally {
    sender.kill();
  }
  const peak = inMemory('VmHWM', pid);
  return { quietP95: p95(quiet), floodedP95: p95(flooded), idle, peak, statuses };
}

const p95 = (times: number[]): number =>
  times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;

const inMemory = (name: 'VmRSS' | 'VmHWM', pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1_024;
};
