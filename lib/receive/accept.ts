import type { Context } from './context';
import type { Delivery } from './delivery';
import { json } from './http/answer';
import type { Answer } from './http/http';
import { describeError } from './log/describe-error';
import { decode } from './publish/decode';
import { normalize } from './publish/normalize';
import { type SendSettings, send } from './publish/send';
import { hold } from './stored/hold';
import { isUndecodable } from './stored/undecodable';
import { expectQuickRead, MAX_REQUESTS } from './time-limits';

/**
 * Sends the events of an authentic delivery to their queues. If that fails, or takes longer than the sender
 * waits, the delivery is held, and redelivery finishes it.
 *
 * @throws LabelrelayError `unsupported-media-type`, `undecodable`, or `unavailable` if it cannot be held
 */
export async function accept(
  delivery: Delivery,
  context: Context,
  settings: SendSettings,
): Promise<Answer> {
  const { journal } = context;
  const { id } = delivery;
  let events: number | undefined;
  let isSignOfLife = true;
  try {
    const bodies = await decode(delivery, context);
    expectQuickRead(delivery, bodies);
    const drafts = await normalize(bodies, delivery, context);
    events = drafts.length;
    // A probe of `labelrelay doctor` says nothing of the platform.
    isSignOfLife = events === 0 || drafts.some(({ topic }) => topic !== 'unrecognized');
    const sending = { bodyBytes: delivery.size, maxRequests: MAX_REQUESTS };
    await send(drafts, delivery, context, settings, sending);
  } catch (error) {
    if (isUndecodable(error)) throw error;
    journal.note({ events, heldFor: describeError(error) });
    await hold(delivery, context, error);
    journal.conclude('warn', 'delivery held');
    return json(202, { id, events, held: true });
  }
  journal.note({ events });
  journal.count('Accepted');
  if (isSignOfLife) journal.count('Heard');
  journal.conclude('info', 'delivery accepted');
  return json(202, { id, events });
}
