import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '1.22.0';
const VENV = join(__dirname, '../../node_modules/.cache', `label-studio-${VERSION}`);
const TOKEN = '0123456789abcdef0123456789abcdef01234567';

/** A real Label Studio with a database of its own. */
export interface LabelStudio {
  /** @throws unless it answers 2xx */
  call(method: string, path: string, body?: object): Promise<{ readonly id: number }>;
  stop(): Promise<void>;
}

/** Installs Label Studio from PyPI, which takes minutes, unless it is there already. */
function install(): void {
  if (existsSync(join(VENV, 'installed'))) return;
  execFileSync('python3', ['-m', 'venv', VENV]);
  const pip = join(VENV, 'bin/pip');
  execFileSync(pip, ['install', '--quiet', `label-studio==${VERSION}`], { stdio: 'inherit' });
  execFileSync('touch', [join(VENV, 'installed')]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export async function startLabelStudio(): Promise<LabelStudio> {
  install();
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'label-studio-'));
  const child = spawn(
    join(VENV, 'bin/label-studio'),
    [
      ...['start', '--no-browser', '--data-dir', data, '--port', String(port)],
      ...['--username', 'admin@example.com', '--password', 'a-password', '--user-token', TOKEN],
    ],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN: 'true',
        // It would otherwise call home.
        SENTRY_DSN: '',
        FRONTEND_SENTRY_DSN: '',
        LATEST_VERSION_CHECK: 'false',
        COLLECT_ANALYTICS: 'false',
      },
    },
  );
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${url}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let tries = 0; !(await isUp()); tries++) {
    if (tries > 180 || child.exitCode !== null) throw new Error('Label Studio did not start');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }

  return {
    async call(method, path, body) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Token ${TOKEN}`, 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
      return text.startsWith('{') ? JSON.parse(text) : undefined;
    },
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
