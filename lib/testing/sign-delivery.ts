import type { Platform } from '../platforms/platform';
import { type PlatformName, platforms } from '../platforms/platforms';
import { signWith } from './sign-with';

/** What is sent to a receiver. */
export interface SignedDelivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A delivery as a platform sends it, with what proves it.
 *
 * @param body an object is written as JSON, a text is taken as it is
 * @param event the event's name, where it comes in a header
 */
export function signDelivery(
  platform: PlatformName,
  body: object | string,
  { secret, source = platform, event }: { secret: string; source?: string; event?: string },
): SignedDelivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { schemes, eventHeader }: Platform = platforms[platform];
  const [scheme] = schemes;
  return {
    path: `/webhooks/${source}`,
    headers: {
      'content-type': 'application/json',
      ...(event && eventHeader && { [eventHeader]: event }),
      ...(scheme && signWith(scheme, secret, text)),
    },
    body: text,
  };
}
