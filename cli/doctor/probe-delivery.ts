import type { PlatformName } from '../../lib/platforms/platforms';
import { type SignedDelivery, signDelivery } from '../../lib/testing/sign-delivery';

/** No platform has an event of this name. It goes to the topic `unrecognized`, on which no worker acts. */
const EVENT = 'LABELRELAY_DOCTOR';

/** A signed delivery that changes nothing. */
export const probeDelivery = (
  platform: PlatformName,
  { secret, source }: { readonly secret: string; readonly source: string },
): SignedDelivery => {
  const body = { action: EVENT, at: new Date().toISOString() };
  return signDelivery(platform, body, { secret, source, event: EVENT });
};
