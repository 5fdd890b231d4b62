import { reconcileHandler } from '../lib/aws/lambda/reconcile-handler';
import { reconcileClients, reconcilePorts } from '../lib/aws/reconcile-ports';
import { redeliverPorts } from '../lib/aws/redeliver-ports';
import { readSecret } from '../lib/aws/secrets-manager/read-secret';
import { secretName } from '../lib/aws/secrets-manager/secret-name';
import { readConfig } from '../lib/config/read-config';
import { readReconcileConfig } from '../lib/config/read-reconcile-config';
import { platformApi } from '../lib/platforms/platform-api';
import { ensureNewProjects } from '../lib/reconcile/ensure-new-projects';
import { reconcileOnSchedule } from '../lib/reconcile/reconcile-on-schedule';

const config = readConfig(process.env);
const { sources, requestsPerSecond, webhooksUrl, ...options } = readReconcileConfig(process.env);
const ports = redeliverPorts(config);
const clients = reconcileClients(config);

export const handler = reconcileHandler(async (name, apiKey, signal) => {
  const own = reconcilePorts(config, name, ports, clients);
  const access = { apiKey, address: sources[name], requestsPerSecond };
  const platform = platformApi(own.source.platform.name, access);
  const { labels } = own;
  const { projects } = options;
  const ensure =
    (baseUrl: string) =>
    (signal: AbortSignal): Promise<number> =>
      ensureNewProjects({
        ...{ ...platform, labels, projects, source: name, baseUrl, signal },
        secret: () => readSecret(config, secretName(config.stage, name)),
      });
  await reconcileOnSchedule({ ...own, listing: platform.listing }, ports.telemetry, {
    ...options,
    source: name,
    ensure: webhooksUrl === undefined ? undefined : ensure(webhooksUrl),
    signal,
  });
}, config);
