import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { hideNodeWarning } from '../aws/client/hide-node-warning';
import { receivePorts } from '../aws/receive-ports';
import { redeliverPorts } from '../aws/redeliver-ports';
import { s3StoredObjects } from '../aws/s3/s3-stored-objects';
import { readServeConfig, type ServeConfig } from '../config/read-serve-config';
import { LabelrelayError } from '../errors';
import { LONG_LIMITS } from '../json/long/placeholder';
import { passesPrecheck } from '../receive/http/admit';
import { createLargeReceiver } from '../receive/large/receive-large';
import type { Telemetry } from '../receive/ports';
import { createReceiver } from '../receive/receive';
import { createTelemetry } from '../telemetry';
import { createHttpServer } from './http-server';
import { lineWriter } from './line-writer';
import { redeliverApart } from './redeliver-apart';
import { type LocalRedelivery, startRedelivery } from './start-redelivery';
import { stopGently } from './stop-gently';

/** `npm run serve`: the receiver in production, beside or in place of the receive function. */
async function serve(config: ServeConfig): Promise<void> {
  const telemetry = createTelemetry(config.stage, lineWriter(process.stdout));
  const ports = { ...receivePorts(config), telemetry };
  const redelivery = config.redelivers ? redeliverBeside(config, telemetry) : undefined;
  const objects = redelivery?.objects ?? s3StoredObjects(config);
  const receive = createReceiver({ ...ports, objects }, config);
  if (config.unset.length > 0) {
    const why = 'defaults apply; beside a deployment, set the same values as its functions have';
    telemetry.log('warn', 'variables are not set', { variables: config.unset, why });
  }
  let isReady = true;
  const server = createHttpServer(receive, {
    ...config,
    telemetry,
    isReady: () => isReady,
    passesPrecheck: (request) => passesPrecheck(request, config),
    large: {
      receive: createLargeReceiver({ ...ports, objects }, config),
      aboveBytes: config.streamAboveBytes,
      atOnce: config.uploads,
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `expected to listen on HOST ${config.host}, PORT ${config.port}, got ${cause.code}`;
      reject(new LabelrelayError('unavailable', message, { cause }));
    });
    server.listen(config.port, config.host, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  telemetry.log('info', 'listening', { address, port });

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    isReady = false;
    telemetry.log('info', 'stopping', { signal });
    await stopGently(server, config.drainMs, () => redelivery?.stop());
    telemetry.log('info', 'stopped');
    // Idle connections to AWS would keep the process alive.
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Bytes on the heap for each byte of JSON. The worst case is a list of empty objects and lists. */
const HEAP_RATIO = 32;

function redeliverBeside(config: ServeConfig, telemetry: Telemetry): LocalRedelivery {
  const ports = { ...redeliverPorts(config), telemetry };
  const mostWhole = Math.max(config.wholeBytes, LONG_LIMITS.itemLength);
  const redeliverLarge = redeliverApart(
    join(__dirname, 'redeliver.js'),
    { heapBytes: HEAP_RATIO * mostWhole },
    telemetry,
  );
  return startRedelivery(ports, config, redeliverLarge);
}

/** Reads the configuration first, so that nothing starts with a wrong one. */
const start = async (): Promise<void> => serve(readServeConfig(process.env));

hideNodeWarning();
start().catch((error: unknown) => {
  console.error(error instanceof LabelrelayError ? error.message : error);
  process.exit(1);
});
