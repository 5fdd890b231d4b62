import type { Context } from '../context';
import { relayInParts } from '../large/relay-in-parts';
import type { RedeliverPorts } from '../ports';
import type { ReceiveSettings } from '../receive';
import type { StoredDelivery } from '../stored/stored-delivery';
import { relayInMemory } from './relay-in-memory';

/** Sends the events of a stored delivery that is authentic. */
export const relay = (
  stored: StoredDelivery,
  context: Context & RedeliverPorts,
  settings: ReceiveSettings,
): Promise<void> =>
  stored.inMemory
    ? relayInMemory(stored.inMemory, context, settings)
    : relayInParts(stored, context, settings);
