import { SECRET, startServer } from './faces';
import { type Fixture, fixtures } from './fixtures';
import { type Ended, runCli, startCli } from './run-cli';
import { deliver, send } from './send';

/** A line of `labels list --json`. */
// biome-ignore lint/suspicious/noExplicitAny: what a test expects of it is written in the test
export type Line = any;

/** `npm start` with its label store, and the command line on it. */
export async function startLabels() {
  const server = await startServer({ LABELRELAY_SOURCES: '' });
  const port = (name: string): string =>
    new URL(new RegExp(`^${name} (.*)$`, 'm').exec(server.output().stdout)?.[1] ?? '').port;
  const env = {
    PORT: port('listening on'),
    AWS_PORT: port('aws endpoint'),
    DYNAMODB_PORT: port('dynamodb endpoint'),
  };
  const cli = (...args: string[]): Promise<Ended> => cliWith({}, ...args);
  const cliWith = (more: NodeJS.Dict<string>, ...args: string[]): Promise<Ended> =>
    runCli([...args, '--local'], { ...env, ...more });
  const linesOf = ({ stdout }: Ended): Line[] =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const list = async (...args: string[]) => linesOf(await cli('labels', 'list', '--json', ...args));
  return {
    server,
    env,
    cli,
    /** The same with further variables. */
    cliWith,
    list,
    linesOf,
    start: (...args: string[]) => startCli([...args, '--local'], env),
    labelbox: (body: object, event = 'LABEL_UPDATED') =>
      deliver(server.url, body, { 'x-labelbox-event': event }),
    labelStudio: (body: object) =>
      send(server.url, {
        path: '/webhooks/label-studio',
        headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    /** Sends every fixture of both platforms. */
    async sendFixtures(): Promise<readonly Fixture[]> {
      const all = fixtures();
      const { code, stderr } = await runCli(
        ['send', ...new Set(all.map(({ name }) => name)), '--local'],
        env,
      );
      if (code !== 0) throw new Error(`expected the fixtures to be sent, got ${code}: ${stderr}`);
      return all;
    },
  };
}
