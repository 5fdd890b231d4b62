import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of SQS by a client, with its parameters. */
export interface Call {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the parameters of the client
  readonly told: any;
}

/**
 * The documented move tasks of SQS, in front of a server without them. As in SQS, a message that was not moved by a
 * redrive policy fails without a destination.
 *
 * @param move runs the task. @returns the number of moved messages; undefined while it is running
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasksResultEntry.html
 */
export async function startMoveTasks(
  endpoint: string,
  move: (from: string, to: string) => Promise<number | undefined>,
) {
  const calls: Call[] = [];
  let task = {};
  const answers: Record<string, (told: Call['told']) => Promise<object>> = {
    async StartMessageMoveTask({ SourceArn, DestinationArn }) {
      const moved = DestinationArn && (await move(SourceArn, DestinationArn));
      task = DestinationArn
        ? {
            Status: moved === undefined ? 'RUNNING' : 'COMPLETED',
            ApproximateNumberOfMessagesMoved: moved ?? 0,
          }
        : { Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' };
      return { TaskHandle: 'a-task' };
    },
    ListMessageMoveTasks: async () => ({ Results: [task] }),
  };
  const server = createServer(async (incoming, response) => {
    const body = await read(incoming);
    const name = String(incoming.headers['x-amz-target']).replace('AmazonSQS.', '');
    const told = incoming.headers['x-amz-target'] ? JSON.parse(body) : undefined;
    calls.push({ name, told });
    const answer = answers[name];
    const text = answer
      ? JSON.stringify(await answer(told))
      : await forward(endpoint, incoming, body);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function read(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  return body;
}

const forward = async (endpoint: string, { headers, url }: IncomingMessage, body: string) => {
  const { authorization = '', 'x-amz-target': target = '' } = headers;
  const answer = await fetch(endpoint + url, {
    method: 'POST',
    headers: {
      authorization,
      'x-amz-target': String(target),
      'content-type': String(headers['content-type']),
    },
    body,
  });
  return answer.text();
};
