import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from './bench';
import type { Job, Took } from './sides/serve';

/** A side in a process of its own. */
export interface Side {
  run(job: Job): Promise<Took>;
  stop(): void;
}

interface SideOptions {
  readonly args?: readonly string[];
  readonly execArgv?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const forkSide = (
  { path, node, environment }: Bench,
  name: string,
  { args = [], execArgv = [], environment: more }: SideOptions,
) =>
  fork(path(`${name}.js`), args, {
    execPath: node,
    execArgv: [...execArgv],
    env: { ...environment, ...more },
    // Its log is dropped, but still costs a write.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

export function startSide(bench: Bench, name: string, options: SideOptions = {}): Side {
  const child = forkSide(bench, name, options);
  return {
    async run(job) {
      child.send(job);
      return (await answerOf(child, name)) as Took;
    },
    stop() {
      // The process may have crashed.
      if (child.connected) child.disconnect();
    },
  };
}

/** Runs a side to its end. @returns its report */
export async function runSide<T>(bench: Bench, name: string, options: SideOptions): Promise<T> {
  const child = forkSide(bench, name, options);
  const exited = once(child, 'exit');
  const answer = await answerOf(child, name);
  await exited;
  return answer as T;
}

async function answerOf(child: ReturnType<typeof fork>, name: string): Promise<unknown> {
  const controller = new AbortController();
  const { signal } = controller;
  const died = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`expected an answer of ${name}, it ended with ${code}`);
  });
  died.catch(() => {});
  const [answer] = await Promise.race([once(child, 'message', { signal }), died]);
  controller.abort();
  return answer;
}

/** Runs a measurement on sides, and always stops them. */
export async function withSides<T>(sides: readonly Side[], measure: () => Promise<T>): Promise<T> {
  try {
    return await measure();
  } finally {
    for (const side of sides) side.stop();
  }
}
