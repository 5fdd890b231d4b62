import type { JsonObject } from '../../platforms/read';
import type { Context } from '../context';
import { understand } from '../normalize';
import type { SendSettings } from '../send';
import { toBatch } from './batch';
import type { Hole, Piece } from './hole';
import { sendAll } from './send-all';
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
  const { arrival, id } = found;
  const { platform } = arrival.source;
  const name = list.path[0] ?? '';
  const batches = async function* () {
    let isFirst = true;
    for await (const { text } of await read()) {
      if (text !== undefined) yield toBatch(list, text, isFirst, platform);
      isFirst = false;
    }
  };
  for await (const _ of batches());

  let count = 0;
  for await (const { items } of batches()) {
    const part = platform.redact({ ...body, [name]: items });
    const drafts = understand(part, { ...arrival, id }, context);
    const sendables = drafts.map((draft) => ({ draft }));
    await sendAll(sendables, found, context, settings, count);
    count += drafts.length;
  }
  context.journal.note({ events: count });
}
