import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { dist } from './dist';

/** The bundled command line. */
export const CLI = join(dist(), 'cli/labelrelay.cjs');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the members that it expects
  readonly json: any;
}

export interface Running {
  readonly process: ChildProcess;
  /** Its output so far. */
  output(): { stdout: string; stderr: string };
  readonly ended: Promise<Ended>;
}

type Variables = NodeJS.Dict<string>;

/** Starts the bundled command line with only the given environment variables. */
export function startCli(args: readonly string[], env: Variables = {}, input = ''): Running {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = once(child, 'close').then(([code]) => {
    return { code, stdout, stderr, json: args.includes('--json') ? parse(stdout) : undefined };
  });
  return { process: child, output: () => ({ stdout, stderr }), ended };
}

/** A result that is one JSON document. Others have a line of JSON each. */
function parse(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/** Runs the command line to its end. */
export const runCli = (args: readonly string[], env?: Variables, input?: string): Promise<Ended> =>
  startCli(args, env, input).ended;
