import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../test/support/free-port';
import type { Bench } from './bench';

/** An HTTP server in a process of its own. */
export interface Server {
  readonly port: number;
  stop(): void;
}

const PAUSE_MS = 20;
const LONGEST_START_MS = 10_000;

/** @param args the options and the script for Node.js. The script listens on the port in `PORT` */
export async function startServer(
  { node, environment }: Bench,
  args: readonly string[],
): Promise<Server> {
  const port = await freePort();
  const child = spawn(node, args, {
    env: { ...environment, PORT: String(port) },
    // Its log is dropped, but still costs a write.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const until = performance.now() + LONGEST_START_MS;
  while (!(await isListening(port))) {
    if (performance.now() > until) throw new Error(`expected a server of ${args.join(' ')}`);
    await setTimeout(PAUSE_MS);
  }
  return { port, stop: () => void child.kill('SIGKILL') };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
