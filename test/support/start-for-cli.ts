import { type StartedServer, startServer } from './faces';
import { type Ended, runCli } from './run-cli';

export interface ForCli {
  readonly server: StartedServer;
  /** The variables that lead the command line to it. */
  readonly env: NodeJS.Dict<string>;
  /** Runs a command on it. */
  cli(...args: string[]): Promise<Ended>;
}

/** `npm start` without the label store, for tests of the command line. */
export async function startForCli(environment: NodeJS.ProcessEnv = {}): Promise<ForCli> {
  const server = await startServer({ LABELRELAY_LABEL_STORE: 'false', ...environment });
  const env = { AWS_ENDPOINT_URL: server.aws, PORT: new URL(server.url).port };
  return { server, env, cli: (...args) => runCli(args, env) };
}
