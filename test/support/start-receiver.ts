import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import { dist } from './dist';

const ROOT = join(__dirname, '../..');
const SERVER = join(dist(), 'server/index.js');

export interface Receiver {
  readonly url: string;
  readonly process: ChildProcess;
  /** Its output so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** The current memory of its processes, and the peak of each, in bytes. */
  memory(): { readonly now: number; readonly peak: number };
  stop(): Promise<void>;
}

/** The options of Node.js in `npm run serve`. */
const FLAGS = /node (--\S+ --\S+) dist/.exec(scripts.serve)?.[1]?.split(' ') ?? [];

/** The child processes of a process. */
export const childrenOf = ({ pid }: ChildProcess): number[] =>
  (readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g) ?? []).map(Number);

/** Starts the bundled production server with an endpoint of AWS. */
export async function startReceiver(
  aws: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Receiver> {
  const child = spawn(process.execPath, [...FLAGS, SERVER], {
    cwd: ROOT,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: aws,
      AWS_REGION: 'us-east-1',
      HOST: '127.0.0.1',
      PORT: '0',
      LABELRELAY_DRAIN_SECONDS: '0',
      ...environment,
    },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const exited = once(child, 'exit');
  while (!output.stdout.includes('"listening"')) {
    if (child.exitCode !== null) throw new Error(`npm run serve ended: ${output.stderr}`);
    await Promise.race([once(child.stdout, 'data'), exited]);
  }
  const readOf = (name: string, pid: number): number => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1_024;
  };
  const read = (name: string): number =>
    [child.pid ?? 0, ...childrenOf(child)].reduce((sum, pid) => sum + readOf(name, pid), 0);
  return {
    url: `http://127.0.0.1:${/"port":(\d+)/.exec(output.stdout)?.[1]}`,
    process: child,
    output: () => output,
    memory: () => ({ now: read('VmRSS'), peak: read('VmHWM') }),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
