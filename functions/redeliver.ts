import { redeliverPorts } from '../lib/aws/redeliver-ports';
import { redeliveryHandler } from '../lib/aws/redelivery-handler';
import { readConfig } from '../lib/config/read-config';
import { redeliver } from '../lib/receive/redeliver';
import { sweep } from '../lib/receive/sweep';

const config = readConfig(process.env);
const ports = redeliverPorts(config);

export const handler = redeliveryHandler({
  async redeliver(key) {
    await redeliver(key, ports, config);
  },
  sweep: (options) => sweep(ports, config, options),
});
