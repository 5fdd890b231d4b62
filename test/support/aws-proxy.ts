import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One version of a secret, as Secrets Manager would give it for a stage. */
export interface SecretVersion {
  readonly text: string;
  readonly createdAt: Date;
}

/** What happens to a call instead of the real thing. */
export type Fault = (response: ServerResponse) => void;

export const fails: Fault = (response) => response.writeHead(500).end('{"__type":"InternalError"}');
export const denies: Fault = (response) =>
  response.writeHead(400).end('{"__type":"AccessDeniedException"}');
export const hangs: Fault = () => {};
export const stalls: Fault = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"Succ');
};
export const cutsOff: Fault = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"Succ');
  setTimeout(() => response.destroy(), 50);
};
export const answers =
  (status: number, body: object): Fault =>
  (response) =>
    response.writeHead(status).end(JSON.stringify(body));

/** AWS on one endpoint: Secrets Manager in here, everything else at `upstream`, faults on demand. */
export interface AwsProxy {
  readonly url: string;
  /** By `<secret id> <version stage>`. */
  readonly secrets: Map<string, SecretVersion>;
  /** Every call so far: `GetSecretValue`, `SendMessageBatch`, `PUT`, … */
  readonly calls: string[];
  /** Decides on a call by its name and body: undefined lets it through. */
  fault: (call: string, body: string) => Fault | undefined;
  stop(): void;
}

export async function startAwsProxy(upstream: string): Promise<AwsProxy> {
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const target = incoming.headers['x-amz-target'];
    const call =
      typeof target === 'string' ? (target.split('.')[1] ?? '') : (incoming.method ?? '');
    proxy.calls.push(call);

    const fault = proxy.fault(call, body.toString());
    if (fault) fault(response);
    else if (call === 'GetSecretValue') getSecretValue(body, response);
    else forward(incoming, body, response);
  });

  function getSecretValue(body: Buffer, response: ServerResponse): void {
    const { SecretId, VersionStage } = JSON.parse(body.toString());
    const version = proxy.secrets.get(`${SecretId} ${VersionStage}`);
    const answer = version
      ? answers(200, { SecretString: version.text, CreatedDate: version.createdAt.getTime() / 1e3 })
      : answers(400, { __type: 'ResourceNotFoundException' });
    answer(response);
  }

  function forward(incoming: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { method, headers } = incoming;
    const outgoing = request(
      new URL(incoming.url ?? '', upstream),
      { method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    outgoing.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: AwsProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets: new Map(),
    calls: [],
    fault: () => undefined,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return proxy;
}
