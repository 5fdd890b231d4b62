import { reconcileHandler } from '../lib/aws/lambda/reconcile-handler';
import { reconcileClients, reconcilePorts } from '../lib/aws/reconcile-ports';
import { redeliverPorts } from '../lib/aws/redeliver-ports';
import { readConfig } from '../lib/config/read-config';
import { readReconcileConfig } from '../lib/config/read-reconcile-config';
import { listingOf } from '../lib/platforms/listing-of';
import { reconcileOnSchedule } from '../lib/reconcile/reconcile-on-schedule';

const config = readConfig(process.env);
const { sources, requestsPerSecond, ...options } = readReconcileConfig(process.env);
const ports = redeliverPorts(config);
const clients = reconcileClients(config);

export const handler = reconcileHandler(async (name, apiKey, signal) => {
  const own = reconcilePorts(config, name, ports, clients);
  const access = { apiKey, address: sources[name], requestsPerSecond };
  const listing = listingOf(own.source.platform.name, access);
  await reconcileOnSchedule({ ...own, listing }, ports.telemetry, {
    ...options,
    source: name,
    signal,
  });
}, config);
