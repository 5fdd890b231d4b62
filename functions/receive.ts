import { apiGatewayHandler } from '../lib/aws/lambda/api-gateway';
import { receivePorts } from '../lib/aws/receive-ports';
import { readConfig } from '../lib/config/read-config';
import { createReceiver } from '../lib/receive/receive';

const config = readConfig(process.env);

export const handler = apiGatewayHandler(
  createReceiver(receivePorts(config), config),
  config.maxBodyBytes,
);
