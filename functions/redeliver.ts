import { redeliveryHandler } from '../lib/aws/lambda/redelivery-handler';
import { redeliverPorts } from '../lib/aws/redeliver-ports';
import { readConfig } from '../lib/config/read-config';
import { redeliver } from '../lib/receive/redeliver/redeliver';
import { sweep } from '../lib/receive/redeliver/sweep';

const config = readConfig(process.env);
const ports = redeliverPorts(config);

export const handler = redeliveryHandler({
  async redeliver(key) {
    await redeliver(key, ports, config);
  },
  sweep: (options) => sweep(ports, config, options),
});
