import { setTimeout } from 'node:timers/promises';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { sqsAt } from './aws-clients';
import { credentialsOf } from './expect-fixture';
import { SECRET, startServer } from './faces';
import { type Fixture, fixtures } from './fixtures';
import { type Ended, runCli, startCli } from './run-cli';
import { deliver, send } from './send';

/** A line of `labels list --json`. */
// biome-ignore lint/suspicious/noExplicitAny: what a test expects of it is written in the test
export type Line = any;

/** A fixture, and the source that it is sent to. */
export interface SentFixture extends Fixture {
  readonly source: string;
}

/** Each fixture has a source of its own, since many speak of the same label. */
const sent: readonly SentFixture[] = fixtures().map((fixture, index) => ({
  ...fixture,
  source: `fixture-${index}`,
}));

/** `npm start` with its label store, and the command line on it. */
export async function startLabels() {
  const LABELRELAY_SOURCES = sent
    .map(({ source, platform }) => `${source}:${platform}:${SECRET}`)
    .join();
  const server = await startServer({ LABELRELAY_SOURCES });
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
    async sendFixtures(): Promise<readonly SentFixture[]> {
      for (const { source, name, ...fixture } of sent) {
        const headers = { ...credentialsOf(fixture, SECRET), ...fixture.headers };
        const path = `/webhooks/${source}`;
        const { status } = await send(server.url, { path, headers, body: fixture.body });
        if (status !== 202) throw new Error(`expected 202 for ${name}, got ${status}`);
      }
      return sent;
    },
    /** Waits until the label store has taken everything that was sent. */
    async settled(): Promise<void> {
      const QueueUrl = `${server.aws}/000000000000/labelrelay-dev-label-store`;
      const sqs = sqsAt(server.aws);
      const left = async (): Promise<number> => {
        const { Attributes = {} } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
        );
        const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
        return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
      };
      while ((await left()) > 0) await setTimeout(100);
    },
  };
}
