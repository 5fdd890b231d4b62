import { redeliverPorts } from '../aws/redeliver-ports';
import { readServeConfig } from '../config/read-serve-config';
import { redeliver } from '../receive/redeliver/redeliver';
import { collectEarly } from './collect-early';

// Runs in a process of its own beside the production server: a message is the key of a held delivery,
// and is answered with what became of it.
collectEarly();
const config = readServeConfig(process.env);
const ports = redeliverPorts(config);
process.on('message', async (key: string) => process.send?.(await redeliver(key, ports, config)));

// It ends with the server, and not before: terminals and service managers signal to both.
process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
