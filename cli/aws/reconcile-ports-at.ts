import { reconcilePorts } from '../../lib/aws/reconcile-ports';
import type { Config } from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
import type { Ports } from '../../lib/receive/ports';
import { sqs } from './clients';
import { labelClients } from './label-store-at';

/** The ports of reconciliation for a source of a deployment. @throws LabelrelayError `not-found` */
export function reconcilePortsAt(config: Config, name: string, ports: Ports) {
  const source = config.sources.get(name);
  if (!source) throw new LabelrelayError('not-found', `expected a source, got ${name}`);
  return reconcilePorts(config, source, ports, { ...labelClients(config), sqs: sqs(config) });
}
