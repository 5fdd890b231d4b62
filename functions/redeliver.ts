import { redeliveryHandler } from '../lib/aws/lambda/redelivery-handler';
import { redeliverPorts } from '../lib/aws/redeliver-ports';
import { watchQueuesOf } from '../lib/aws/watch-queues';
import { readConfig } from '../lib/config/read-config';
import { redeliver } from '../lib/receive/redeliver/redeliver';
import { sweep } from '../lib/receive/redeliver/sweep';

const config = readConfig(process.env);
const ports = redeliverPorts(config);
const watch = watchQueuesOf(config, ports.telemetry);

export const handler = redeliveryHandler({
  async redeliver(key) {
    await redeliver(key, ports, config);
  },
  async sweep(options) {
    // Neither may keep the other from being done.
    const ended = await Promise.allSettled([sweep(ports, config, options), watch()]);
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  },
});
