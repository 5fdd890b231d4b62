import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonWith } from '../../support/python';

export interface AwsCli {
  /** The folder with the program `aws`. */
  readonly programs: string;
  stop(): Promise<void>;
}

/** Has `aws_cli.py` run a command. It imports little, since Python starts for each command. */
const program = (server: string): string => `#!/usr/bin/env -S python3 -ISs
import json, os, socket, sys
connection = socket.socket(socket.AF_UNIX)
connection.connect("${server}")
call = {"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}
socket.send_fds(connection, [(json.dumps(call) + "\\n").encode()], [0, 1, 2])
sys.exit(connection.recv(1)[0])
`;

/** The AWS CLI, which loads once for all commands: it takes most of a second. */
export async function startAwsCli(): Promise<AwsCli> {
  const python = join(pythonWith(['awscli==1.46.3']), 'python');
  const programs = mkdtempSync(join(tmpdir(), 'labelrelay-aws-cli-'));
  const server = join(programs, 'server');
  writeFileSync(join(programs, 'aws'), program(server), { mode: 0o755 });
  const child = spawn(python, [join(__dirname, 'aws_cli.py'), server], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  await once(child.stdout, 'data');
  return {
    programs,
    async stop() {
      child.kill();
      await once(child, 'close');
      rmSync(programs, { recursive: true, force: true });
    },
  };
}
