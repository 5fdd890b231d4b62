import { connect, type Socket } from 'node:net';

/** The requests that flood a server, and the number of connections. */
export interface Flood {
  readonly connections: number;
  /** The rate of all connections together. */
  readonly bytesPerSecond: number;
  /** The head of each request. */
  readonly head: string;
  /** Is sent repeatedly after the head. */
  readonly body: string;
}

const TICK_MS = 10;

// Runs in a process of its own, and ends with its parent process. `end` ends a flood. Closed connections are
// opened again.
function flood(url: string, { connections, bytesPerSecond, head, body }: Flood): () => void {
  const { hostname, port } = new URL(url);
  const each = (bytesPerSecond * TICK_MS) / 1_000 / connections;
  const burst = Buffer.from(body.repeat(Math.ceil(each / body.length)));
  const begin = (): Socket => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.resume();
    socket.write(head);
    return socket;
  };
  const sockets = Array.from({ length: connections }, begin);
  const timer = setInterval(() => {
    for (const [index, socket] of sockets.entries()) {
      if (socket.destroyed) sockets[index] = begin();
      else if (!socket.writableNeedDrain) socket.write(burst);
    }
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
  };
}

let end = (): void => {};
process.on('disconnect', () => process.exit());
process.on('message', (order: Flood | 'end') => {
  end();
  end = order === 'end' ? () => {} : flood(process.argv[2] ?? '', order);
});
