import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';

// Runs in a process of its own, on loopback, and ends when the process that started it ends.
const server = dynalite({ createTableMs: 0 });
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
server.on('error', (error: NodeJS.ErrnoException) =>
  process.send?.({ error: error.code ?? error.message }),
);
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
