import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port';
import { pythonWith } from '../support/python';

/** The configuration of a project with texts: a choice, and spans. */
export const TEXT_CONFIG = `<View>
  <Text name="text" value="$text"/>
  <Choices name="label" toName="text"><Choice value="pos"/><Choice value="neg"/></Choices>
  <Labels name="ner" toName="text"><Label value="PER"/></Labels>
</View>`;

const OLDEST = '1.10.0';

/** The packages of Label Studio, in the version that `LABEL_STUDIO` names. */
export const LABEL_STUDIO =
  process.env.LABEL_STUDIO === OLDEST
    ? // It imports `pkg_resources`, which later versions of setuptools do not have.
      [`label-studio==${OLDEST}`, 'setuptools==80.9.0']
    : [`label-studio==${process.env.LABEL_STUDIO ?? '1.23.2'}`];
const TOKEN = '0123456789abcdef0123456789abcdef01234567';

/** A real Label Studio with its own database. */
export interface LabelStudio {
  readonly url: string;
  /** A legacy token. */
  readonly token: string;
  /** @param as the token of the user who calls. @throws unless the answer is 2xx */
  call(
    method: string,
    path: string,
    body?: object,
    as?: string,
  ): Promise<{ readonly id: number; readonly token?: string }>;
  /** Adds a user to the organization, as somebody who follows its invitation. @returns the user's legacy token */
  addUser(email: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param takesPrivate whether it may send to this machine, which it refuses by default */
export async function startLabelStudio({ takesPrivate = true } = {}): Promise<LabelStudio> {
  // The first installation takes minutes.
  const programs = pythonWith(LABEL_STUDIO);
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'label-studio-'));
  const child = spawn(
    join(programs, 'label-studio'),
    [
      ...['start', '--no-browser', '--data-dir', data, '--port', String(port)],
      ...['--username', 'admin@example.com', '--password', 'a-password', '--user-token', TOKEN],
    ],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN: 'true',
        // Switches off error reports to its makers.
        SENTRY_DSN: '',
        FRONTEND_SENTRY_DSN: '',
        LATEST_VERSION_CHECK: 'false',
        COLLECT_ANALYTICS: 'false',
        ...(takesPrivate && { SSRF_PROTECTION_ENABLED: 'false', ML_BLOCK_LOCAL_IP: 'false' }),
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
    if (tries > 600 || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error('Label Studio did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }

  const call: LabelStudio['call'] = async (method, path, body, as = TOKEN) => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Token ${as}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return text.startsWith('{') ? JSON.parse(text) : undefined;
  };
  return {
    url,
    token: TOKEN,
    call,
    async addUser(email) {
      const { token } = await call('GET', '/api/invite');
      return signUp(`${url}/user/signup/?token=${token}`, email);
    },
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Fills in the form that an invitation leads to. */
async function signUp(address: string, email: string): Promise<string> {
  const cookies = new Map<string, string>();
  const visit = async (path: string, body?: Record<string, string>): Promise<Response> => {
    const answer = await fetch(new URL(path, address), {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        referer: address,
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
      },
      body: body && new URLSearchParams(body),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  await visit(address);
  const csrfmiddlewaretoken = cookies.get('csrftoken') ?? '';
  await visit(address, { csrfmiddlewaretoken, email, password: 'a-password', how_find_us: 'x' });
  const answer = await visit('/api/current-user/token');
  if (!answer.ok) throw new Error(`expected the token of ${email}, got ${answer.status}`);
  return ((await answer.json()) as { token: string }).token;
}
