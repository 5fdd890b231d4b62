import { awsPorts } from '../lib/aws/aws-ports';
import { redeliveryHandler } from '../lib/aws/redelivery-handler';
import { s3HeldObjects } from '../lib/aws/s3-held-objects';
import { readConfig } from '../lib/config/read-config';
import { redeliver } from '../lib/receive/redeliver';
import { sweep } from '../lib/receive/sweep';

const config = readConfig(process.env);
const ports = { ...awsPorts(config), objects: s3HeldObjects(config) };

export const handler = redeliveryHandler({
  redeliver: (key) => redeliver(key, ports, config),
  sweep: (options) => sweep(ports, config, options),
});
