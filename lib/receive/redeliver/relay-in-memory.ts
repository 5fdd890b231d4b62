import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { decode } from '../publish/decode';
import { normalize } from '../publish/normalize';
import { type SendSettings, send } from '../publish/send';
import { isUndecodable } from '../stored/undecodable';

/** Sends the events of an authentic delivery that is in memory. No sender waits for it. */
export async function relayInMemory(
  delivery: Delivery,
  context: Context,
  settings: SendSettings,
): Promise<void> {
  try {
    const drafts = await normalize(await decode(delivery, context), delivery, context);
    context.journal.note({ events: drafts.length });
    await send(drafts, delivery, context, settings, { bodyBytes: delivery.size });
  } catch (error) {
    if (!isUndecodable(error)) throw error;
  }
}
