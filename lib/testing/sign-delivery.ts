import { createHmac } from 'node:crypto';

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
  platform: 'labelbox' | 'label-studio',
  body: object | string,
  { secret, source = platform, event }: { secret: string; source?: string; event?: string },
): SignedDelivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const credentials: Record<string, string> =
    platform === 'labelbox'
      ? { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(text).digest('hex')}` }
      : { authorization: `Bearer ${inHeader(secret)}` };
  return {
    path: `/webhooks/${source}`,
    headers: {
      'content-type': 'application/json',
      ...(event && { 'x-labelbox-event': event }),
      ...credentials,
    },
    body: text,
  };
}

/** A header has bytes, each written as a character: here those of UTF-8. */
const inHeader = (text: string): string => Buffer.from(text).toString('latin1');
