import { openDelivery, type StoredDelivery } from '../../lib/receive/stored/stored-delivery';
import type { Deployment } from '../deployment/deployment';
import { redeliverPorts } from './redeliver-ports';

/**
 * Opens a held or archived delivery of a deployment.
 *
 * @returns undefined if there is no such object (any more)
 * @throws LabelrelayError `unreadable-record`, `unknown-version`, `unknown-source`
 */
export const openStored = (
  key: string,
  deployment: Deployment,
): Promise<StoredDelivery | undefined> =>
  openDelivery(key, redeliverPorts(deployment), deployment.config.sources);
