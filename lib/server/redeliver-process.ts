import { redeliverPorts } from '../aws/redeliver-ports';
import { readServeConfig } from '../config/read-serve-config';
import { redeliver } from '../receive/redeliver/redeliver';
import { collectEarly } from './collect-early';

// Runs in a process of its own beside the production server. Each message is the key of a held delivery,
// and the reply is its outcome.
collectEarly();
const config = readServeConfig(process.env);
const ports = redeliverPorts(config);
process.on('message', async (key: string) => process.send?.(await redeliver(key, ports, config)));

// This process ends with the server. Terminals and service managers send the signal to both processes.
process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
