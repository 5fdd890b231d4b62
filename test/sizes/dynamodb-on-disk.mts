import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';

// DynamoDB whose tables are in a folder. It ends when the process that started it ends.
const server = dynalite({ createTableMs: 0, path: process.argv[2] });
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
