import type { Platform } from '../platforms/platform';
import { type PlatformName, platforms } from '../platforms/platforms';
import { signWith } from './sign-with';

/**
 * A signed delivery, ready to be posted.
 *
 * @example
 * ```ts
 * import { type SignedDelivery, signDelivery } from 'labelrelay/testing';
 *
 * const delivery: SignedDelivery = signDelivery('label-studio', {}, { secret: 'example_secret' });
 * console.log(delivery.headers.authorization); // Bearer example_secret
 * ```
 */
export interface SignedDelivery {
  /** The path of its source: `/webhooks/<source>`. */
  readonly path: string;
  /** The headers, with the credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The signed bytes as text. */
  readonly body: string;
}

/**
 * Signs a delivery as the platform does.
 *
 * @param body an object, which is written as JSON, or a text, which is sent as it is
 * @param options the secret; the source, if it is not named as the platform; the event's name, if the platform sends it in
 *   a header
 *
 * @example
 * ```ts
 * import { signDelivery } from 'labelrelay/testing';
 *
 * const body = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };
 * const delivery = signDelivery('labelbox', body, { secret: 'example_secret' });
 * console.log(delivery.path, 'x-hub-signature' in delivery.headers); // /webhooks/labelbox true
 * ```
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
