import { sizeOf } from '../body';
import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { decode, isUndecodable } from '../publish/decode';
import { normalize } from '../publish/normalize';
import { type SendSettings, send } from '../publish/send';

/** From authentic bytes to events in their queues, with nobody who waits. */
export async function relay(
  delivery: Delivery,
  context: Context,
  settings: SendSettings,
): Promise<void> {
  try {
    const drafts = await normalize(await decode(delivery, context), delivery, context);
    context.journal.note({ events: drafts.length });
    await send(drafts, delivery, context, settings, { bodyBytes: sizeOf(delivery.body) });
  } catch (error) {
    if (!isUndecodable(error)) throw error;
  }
}
