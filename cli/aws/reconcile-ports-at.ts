import { sqs } from '../../lib/aws/operate/sqs';
import { reconcilePorts } from '../../lib/aws/reconcile-ports';
import type { Config } from '../../lib/config/read-config';
import type { Ports } from '../../lib/receive/ports';
import { labelClients } from './label-store-at';

/** The ports of reconciliation for a source of a deployment. @throws LabelrelayError `not-found` */
export const reconcilePortsAt = (config: Config, name: string, ports: Ports) =>
  reconcilePorts(config, name, ports, { ...labelClients(config), sqs: sqs(config) });
