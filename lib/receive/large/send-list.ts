import type { JsonObject } from '../../platforms/read';
import type { Context } from '../context';
import { understand } from '../normalize';
import { type SendSettings, send } from '../send';
import { type Batch, toBatch } from './batch';
import type { Hole, Piece } from './hole';
import type { Survey } from './survey';

export interface LongList {
  readonly list: Hole;
  /** The body around it. */
  readonly body: JsonObject;
  readonly read: () => Promise<AsyncIterable<Piece>>;
}

/**
 * Sends a body whose list has one event in each item, some items at a time. It is read once before
 * that: what is no JSON at its end sends nothing.
 *
 * @throws LabelrelayError `undecodable`, `unavailable`
 */
export async function sendList(
  found: Survey,
  { list, body, read }: LongList,
  context: Context,
  settings: SendSettings,
): Promise<void> {
  const delivery = { ...found.arrival, id: found.id };
  const { platform } = delivery.source;
  const name = list.path[0] ?? '';
  const batches = async function* () {
    let batch: Batch | undefined;
    for await (const { text } of await read()) {
      if (text === undefined) continue;
      batch = toBatch(list, text, batch, platform);
      yield batch;
    }
  };
  for await (const _ of batches());

  let count = 0;
  for await (const { items } of batches()) {
    const part = platform.redact({ ...body, [name]: items });
    const drafts = understand(part, delivery, context);
    const sending = { bodyBytes: found.rest.length, offset: count };
    await send(drafts, delivery, context, settings, sending);
    count += drafts.length;
  }
  context.journal.note({ events: count });
}
