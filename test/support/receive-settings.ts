import { DEFAULT_SCHEMA_BASE } from '../../lib/events/cloud-event';
import { defaultRoutes } from '../../lib/events/queues';
import type { Platform } from '../../lib/platforms/platform';
import type { ReceiveSettings } from '../../lib/receive/receive';

/** The settings of a receiver whose only source is `labelbox`. */
export const receiveSettings = (
  platform: Platform,
  overrides: Partial<ReceiveSettings> = {},
): ReceiveSettings => ({
  sources: new Map([['labelbox', { name: 'labelbox', platform }]]),
  routes: defaultRoutes,
  models: [],
  allowLists: new Map(),
  archive: false,
  maxBodyBytes: 1_000,
  wholeBytes: 1_000_000,
  claimCheckBytes: 262_144,
  schemaBase: DEFAULT_SCHEMA_BASE,
  native: true,
  ...overrides,
});
