import { type Batch, toBatch } from '../../json/long/batch';
import type { Piece, Placeholder } from '../../json/long/placeholder';
import type { JsonObject } from '../../json/read';
import type { Context } from '../context';
import { understand } from '../publish/normalize';
import { type SendSettings, send } from '../publish/send';
import type { Progress } from '../redeliver/progress';
import { redactItems } from './redact-items';
import type { Survey } from './survey';

export interface LongList {
  readonly list: Placeholder;
  /** The body around the list. */
  readonly body: JsonObject;
  readonly read: () => Promise<AsyncIterable<Piece>>;
  readonly progress: Progress;
}

/** The number of items after which the progress is stored. A process may die without notice. */
const KEEP_EVERY = 10_000;

/**
 * Sends the events of a body with a long list, some items at a time. It reads the whole body before the first event,
 * so that a body that ends in invalid JSON sends nothing. A try goes on where the last one stopped.
 *
 * @throws LabelrelayError `undecodable`, `unavailable`
 */
export async function sendList(
  found: Survey,
  { list, body, read, progress }: LongList,
  context: Context,
  settings: SendSettings,
): Promise<void> {
  const delivery = { ...found.arrival, id: found.id };
  const { platform } = delivery.source;
  const redact = redactItems(platform);
  const name = list.path[0] ?? '';
  const batches = async function* () {
    let batch: Batch | undefined;
    for await (const { text } of await read()) {
      if (text === undefined) continue;
      batch = toBatch(list, text, batch, redact);
      yield batch;
    }
  };
  for await (const _ of batches());

  const before = await progress.read();
  let sent = before;
  let kept = before;
  let seen = 0;
  try {
    for await (const { items } of batches()) {
      const first = Math.max(0, sent.items - seen);
      seen += items.length;
      if (first > 0 && first >= items.length) continue;
      const part = platform.redact({ ...body, [name]: items.slice(first) });
      const drafts = understand(part, delivery, context);
      const sending = { bodyBytes: found.rest.length, offset: sent.events };
      await send(drafts, delivery, context, settings, sending);
      sent = { items: seen, events: sent.events + drafts.length };
      if (sent.items < kept.items + KEEP_EVERY) continue;
      kept = sent;
      await progress.save(sent);
    }
  } catch (error) {
    if (sent !== kept) await progress.save(sent);
    throw error;
  }
  const { events } = sent;
  context.journal.note({ events, ...(before.events > 0 && { sentBefore: before.events }) });
}
