import { awsPorts } from '../lib/aws/aws-ports';
import { redeliveryHandler } from '../lib/aws/redelivery-handler';
import { s3HeldObjects } from '../lib/aws/s3-held-objects';
import { secretsManager } from '../lib/aws/secrets-manager';
import { readConfig } from '../lib/config/read-config';
import { redeliver } from '../lib/receive/redeliver';
import { sweep } from '../lib/receive/sweep';

const config = readConfig(process.env);
const ports = {
  ...awsPorts(config),
  objects: s3HeldObjects(config),
  // Asked each time: only what is known now can tell that a delivery is not authentic.
  secrets: { read: secretsManager(config), refresh: async () => undefined },
};

export const handler = redeliveryHandler({
  async redeliver(key) {
    await redeliver(key, ports, config);
  },
  sweep: (options) => sweep(ports, config, options),
});
