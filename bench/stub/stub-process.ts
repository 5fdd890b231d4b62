import { type AddressInfo, createServer } from 'node:net';
import { answer, nameOf } from './answer';
import { readRequests, type StubRequest } from './read-requests';

/** An order for the stub: the duration of each call from now on, in milliseconds. */
export interface StubOrder {
  readonly delay?: number;
}

/** The calls since the last report. */
export interface StubReport {
  /** The number of calls of each operation; a PUT counts as `PUT`. */
  readonly calls: Readonly<Record<string, number>>;
  /** The body of the last call of each operation. */
  readonly last: Readonly<Record<string, string>>;
}

// Runs SQS, Secrets Manager and S3 in a process of its own, on a raw socket. It must be faster than all measured
// sides.
let delay = 0;
let calls: Record<string, number> = {};
let last: Record<string, StubRequest> = {};

const server = createServer({ noDelay: true }, (socket) => {
  const handle = (request: StubRequest): void => {
    const name = nameOf(request);
    calls[name] = (calls[name] ?? 0) + 1;
    last[name] = request;
    const text = answer(request);
    if (delay === 0) socket.write(text);
    else setTimeout(() => socket.write(text), delay);
  };
  socket.on(
    'data',
    readRequests(handle, () => socket.write('HTTP/1.1 100 Continue\r\n\r\n')),
  );
  // Measured sides are killed without closing their connections.
  socket.on('error', () => socket.destroy());
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', (order: StubOrder) => {
  delay = order.delay ?? delay;
  const bodies = Object.entries(last).map(([name, { body }]) => [name, body.toString()]);
  const report: StubReport = { calls, last: Object.fromEntries(bodies) };
  process.send?.(report);
  calls = {};
  last = {};
});
process.on('disconnect', () => process.exit());
