import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createMissing } from '../../lib/aws/create-missing';
import { readConfig } from '../../lib/config/read-config';
import { platforms } from '../../lib/platforms/platforms';
import { type Embedded, startAws } from '../../lib/server/start-embedded';
import { type AwsProxy, startAwsProxy } from './aws-proxy';
import { dist } from './dist';
import { startReceiver } from './start-receiver';
import { TSX } from './tsx';

/** The functions log JSON alone. A warning that the gateway causes would be a line between theirs. */
const GATEWAY_OPTIONS = [...TSX, '--disable-warning=ExperimentalWarning'];

export const SECRET = 'example_secret';
export const TEAM_SECRET = 'team:secret';

/** The sources of the receivers under test: name, platform and secret. */
export const SOURCES = [
  ...Object.keys(platforms).map((name) => [name, name, SECRET] as const),
  ['team-b', 'labelbox', TEAM_SECRET],
  ['studio-b', 'label-studio', TEAM_SECRET],
  ['silent', 'labelbox', ''],
  ['silent-studio', 'label-studio', ''],
] as const;

/** A receiver in its own processes, and the SQS and S3 that it writes to. */
export interface Face {
  readonly url: string;
  readonly aws: string;
  readonly maxBodyBytes: number;
  stop(): Promise<void>;
}

export interface StartedServer extends Face {
  readonly process: ChildProcess;
  /** Its standard output and standard error so far. */
  output(): { stdout: string; stderr: string };
}

const running = new Set<StartedServer>();

/** Stops every server that is still running, also after a failed test. */
export const stopServers = () => Promise.all([...running].map((server) => server.stop()));

/** `npm start`, with additional sources. */
export async function startServer(
  environment: NodeJS.ProcessEnv = {},
  bundles = dist(),
): Promise<StartedServer> {
  const child = spawn(process.execPath, [join(bundles, 'start/index.js')], {
    env: {
      ...process.env,
      PORT: '0',
      AWS_PORT: '0',
      DYNAMODB_PORT: '0',
      LABELRELAY_MODELS: 'yolo,resnet-50',
      // Most tests expect no other events than those of their deliveries.
      LABELRELAY_COMPLETION: 'false',
      LABELRELAY_SOURCES: SOURCES.filter(([name, platform]) => name !== platform)
        .map((source) => source.join(':'))
        .join(','),
      ...environment,
    },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const exited = once(child, 'exit');
  while (!/^listening on .*\n.*aws endpoint .*\n/ms.test(output.stdout)) {
    if (child.exitCode !== null) throw new Error(`npm start ended: ${output.stderr}`);
    await Promise.race([once(child.stdout, 'data'), exited]);
  }
  const server: StartedServer = {
    url: /^listening on (.*)$/m.exec(output.stdout)?.[1] ?? '',
    aws: /^aws endpoint (.*)$/m.exec(output.stdout)?.[1] ?? '',
    maxBodyBytes: 10 * 1_048_576,
    process: child,
    output: () => output,
    async stop() {
      running.delete(server);
      child.kill('SIGTERM');
      await exited;
    },
  };
  running.add(server);
  return server;
}

export interface StartedLambda extends Face {
  readonly proxy: AwsProxy;
  /** The log of the functions so far. */
  output(): string;
  /** Whether each held delivery triggers the redelivery function, as S3 does. */
  redeliversAtOnce: boolean;
  /** Calls the redelivery function, by default as the schedule does. */
  redeliver(event?: object): Promise<void>;
  /** Restarts both functions without their caches. */
  coldStart(): Promise<void>;
}

/** SQS and S3 with all queues and the bucket, and Secrets Manager with the secrets of all sources. */
async function startCloud(): Promise<{ embedded: Embedded; proxy: AwsProxy }> {
  const embedded = await startAws(0);
  const proxy = await startAwsProxy(embedded.endpoint);
  setSecrets(proxy);
  return { embedded, proxy };
}

/** Sets exactly one secret for each source that has one. */
export function setSecrets({ secrets }: AwsProxy): void {
  secrets.clear();
  const createdAt = new Date();
  for (const [source, , text] of SOURCES) {
    if (text) secrets.set(`labelrelay/dev/${source} AWSCURRENT`, { text, createdAt });
  }
}

const deployedEnvironment = (aws: string): NodeJS.ProcessEnv => ({
  ...process.env,
  AWS_ENDPOINT_URL: aws,
  AWS_REGION: 'us-east-1',
  LABELRELAY_MODELS: 'yolo,resnet-50',
  LABELRELAY_SOURCES: SOURCES.map(([name, platform]) => `${name}:${platform}`).join(','),
});

export interface StartedServe extends StartedServer {
  readonly proxy: AwsProxy;
}

/** The bundled production server, with Secrets Manager. */
export async function startServe(environment: NodeJS.ProcessEnv = {}): Promise<StartedServe> {
  const { embedded, proxy } = await startCloud();
  const env = {
    ...deployedEnvironment(proxy.url),
    LABELRELAY_QUEUE_URL_BASE: `${embedded.endpoint}/000000000000/`,
    LABELRELAY_MAX_BODY_BYTES: String(10 * 1_048_576),
    LABELRELAY_STREAM_ABOVE_BYTES: String(10 * 1_048_576),
    ...environment,
  };
  await createMissing(readConfig({ ...env, AWS_ENDPOINT_URL: embedded.endpoint }));
  const receiver = await startReceiver(proxy.url, env);
  const server: StartedServe = {
    ...receiver,
    aws: embedded.endpoint,
    maxBodyBytes: 10 * 1_048_576,
    proxy,
    async stop() {
      running.delete(server);
      await receiver.stop();
      proxy.stop();
      embedded.stop();
    },
  };
  running.add(server);
  return server;
}

/** The packaged receive function behind an API Gateway, with Secrets Manager. */
export async function startLambda(environment: NodeJS.ProcessEnv = {}): Promise<StartedLambda> {
  const { embedded, proxy } = await startCloud();
  const env = {
    ...deployedEnvironment(proxy.url),
    LABELRELAY_QUEUE_URL_BASE: `${embedded.endpoint}/000000000000/`,
    ...environment,
  };
  await createMissing(readConfig({ ...env, AWS_ENDPOINT_URL: embedded.endpoint }));

  const gateway = join(__dirname, 'gateway-process.ts');
  const child = fork(gateway, { env, execArgv: GATEWAY_OPTIONS, silent: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => (output += chunk));
  }
  const [url] = await once(child, 'message');
  let calls = 0;
  const waiting = new Map<number, (error?: string) => void>();
  child.on('message', ({ id, error }: { id: number; error?: string }) => {
    waiting.get(id)?.(error);
    waiting.delete(id);
  });
  const ask = (event: object | 'cold-start'): Promise<void> =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, (error) => (error ? reject(new Error(error)) : resolve()));
      child.send({ id, event });
    });
  proxy.stored = (key) => {
    if (!lambda.redeliversAtOnce || !/^held\/(un)?verified\//.test(key)) return;
    ask({ source: 'aws.s3', detail: { object: { key } } }).catch(() => {});
  };
  const lambda: StartedLambda = {
    url: url as string,
    aws: embedded.endpoint,
    maxBodyBytes: 4 * 1_048_576,
    proxy,
    output: () => output,
    redeliversAtOnce: true,
    redeliver: (event = { all: true }) => ask(event),
    coldStart: () => ask('cold-start'),
    async stop() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
      proxy.stop();
      embedded.stop();
    },
  };
  return lambda;
}
