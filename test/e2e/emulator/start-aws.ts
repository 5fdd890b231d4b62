import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findNode } from '../../../bench/find-node';
import { freePort } from '../../support/free-port';
import { pythonWith } from '../../support/python';

/** A call to AWS, as IAM saw it. */
export interface Call {
  /** The role of a Lambda function, or the name of a policy in docs/policies. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly isAllowed: boolean;
}

export interface Emulator {
  readonly endpoint: string;
  /** Every call so far with limited permissions. */
  calls(): Call[];
  stop(): Promise<void>;
}

/** AWS on a laptop: CloudFormation, API Gateway, Lambda on Node 24, and the services that they use. */
export async function startAws(): Promise<Emulator> {
  const programs = pythonWith(['ministack==1.3.30']);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-aws-'));
  const child = spawn(join(programs, 'python'), [join(__dirname, 'aws.py')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [dirname(findNode()), process.env.PATH].join(':'),
      HOME: process.env.HOME,
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: '127.0.0.1',
      LOG_LEVEL: 'ERROR',
      // The emulator unpacks functions here.
      TMPDIR: folder,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const exited = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${endpoint}/_ministack/health`).then(
      () => true,
      () => false,
    );
  for (let tries = 0; !(await isUp()); tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error(`AWS did not start: ${output}`);
    await setTimeout(200);
  }
  return {
    endpoint,
    calls: () =>
      [...output.matchAll(/^call (\S+) (\S+) (\S+) (\S+)$/gm)].map(
        ([, role = '', action = '', resource = '', verdict]) => ({
          role,
          action,
          resource,
          isAllowed: verdict === 'allowed',
        }),
      ),
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
