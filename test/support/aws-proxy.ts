import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

/** One version of a secret, as Secrets Manager returns it for a stage. */
export interface SecretVersion {
  readonly text: string;
  readonly createdAt: Date;
  /** The last change of the secret, if it is later than the creation of its versions. */
  readonly changedAt?: Date;
}

interface Exchanged {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Handles a call in place of the real service, to which it can still pass the call on. */
export type Fault = (
  response: ServerResponse,
  exchange: (body?: string) => Promise<Exchanged>,
  body: string,
) => void;

export const answers =
  (status: number, body: object | string): Fault =>
  (response) =>
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

export const fails = answers(500, { __type: 'InternalError' });
export const throttles = answers(400, { __type: 'ThrottlingException' });
export const denies = answers(400, { __type: 'AccessDeniedException' });
export const talksNonsense = answers(200, '<html>It works!</html>');
export const answersNothing = answers(200, {});
export const hangs: Fault = () => {};
export const stalls: Fault = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"Succ');
};
export const cutsOff: Fault = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"Succ');
  setTimeout(50).then(() => response.destroy());
};
/** The call takes effect, but its answer is lost. */
export const losesItsAnswer: Fault = async (response, exchange) => {
  await exchange();
  response.destroy();
};
/** Delays the call as a network does. */
export const takes =
  (milliseconds: number): Fault =>
  async (response, exchange) => {
    await setTimeout(milliseconds);
    const answer = await exchange();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
/** Executes the first half of a batch. */
export const doesHalf: Fault = async (response, exchange, body) => {
  const isBatch = body.startsWith('{') && body.includes('"Entries":');
  const { Entries = [], ...rest } = isBatch ? JSON.parse(body) : {};
  const half = Entries.slice(0, Math.floor(Entries.length / 2));
  if (half.length === 0) return fails(response, exchange, body);
  const answer = await exchange(JSON.stringify({ ...rest, Entries: half }));
  response.writeHead(answer.status).end(answer.body);
};

/** AWS on one endpoint, with faults on demand: Secrets Manager itself, and a proxy to `upstream` for the rest. */
export interface AwsProxy {
  readonly url: string;
  /** The versions by `<secret id> <version stage>`. */
  readonly secrets: Map<string, SecretVersion>;
  /** Every call so far: `GetSecretValue`, `SendMessageBatch`, `PUT held/verified`, `LIST`, … */
  readonly calls: string[];
  /** Decides on a call by its name and body: undefined lets it through. */
  fault: (call: string, body: string) => Fault | undefined;
  /** Is called with the key of every stored object. */
  stored: (key: string) => void;
  stop(): void;
}

export async function startAwsProxy(upstream: string): Promise<AwsProxy> {
  const server = createServer(async (incoming, response) => {
    const bytes = await buffer(incoming);
    const body = bytes.toString();
    const call = nameOf(incoming);
    proxy.calls.push(call);

    const exchange = (changed?: string) =>
      send(incoming, changed === undefined ? bytes : Buffer.from(changed), call);
    const fault = proxy.fault(call, body);
    if (fault) fault(response, exchange, body);
    else if (call === 'GetSecretValue') getSecretValue(body, response, exchange);
    else if (call === 'DescribeSecret') describeSecret(body, response, exchange);
    // There is no CloudWatch: a metric without values.
    else if (call === 'GetMetricData') answersNothing(response, exchange, body);
    else {
      const answer = await exchange().catch(() => undefined);
      if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
      else response.destroy();
    }
  });

  const getSecretValue = (body: string, ...rest: [ServerResponse, Parameters<Fault>[1]]): void => {
    const { SecretId, VersionStage } = JSON.parse(body);
    const version = proxy.secrets.get(`${SecretId} ${VersionStage}`);
    const answer = version
      ? answers(200, { SecretString: version.text, CreatedDate: version.createdAt.getTime() / 1e3 })
      : answers(400, { __type: 'ResourceNotFoundException' });
    answer(...rest, body);
  };

  const describeSecret = (body: string, ...rest: [ServerResponse, Parameters<Fault>[1]]): void => {
    const { SecretId } = JSON.parse(body);
    const times = [...proxy.secrets]
      .filter(([name]) => name.startsWith(`${SecretId} `))
      .map(([, { createdAt, changedAt = createdAt }]) => changedAt.getTime());
    answers(200, { LastChangedDate: Math.max(...times) / 1e3 })(...rest, body);
  };

  function send(incoming: IncomingMessage, body: Buffer, call: string): Promise<Exchanged> {
    const { method, url = '', headers } = incoming;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(url, upstream),
        { method, headers: { ...headers, 'content-length': body.length } },
        async (answer) => {
          const { statusCode: status = 502 } = answer;
          resolve({ status, headers: answer.headers, body: await buffer(answer) });
          if (call.startsWith('PUT ') && status === 200) proxy.stored(keyOf(url));
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: AwsProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets: new Map(),
    calls: [],
    fault: () => undefined,
    stored: () => {},
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return proxy;
}

/** The name of the operation; for an object, with its folder. */
function nameOf({ headers, method, url = '' }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.')[1] ?? '';
  const prefix = new URL(url, 'http://s3').searchParams.get('prefix');
  return prefix === null ? `${method} ${keyOf(url).replace(/\/[^/]*$/, '')}` : `LIST ${prefix}`;
}

const keyOf = (url: string): string => decodeURIComponent(/^\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? '');
