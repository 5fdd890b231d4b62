import { createHash } from 'node:crypto';
import type { EventDraft } from '../events/draft';
import { envelope, type Origin } from '../events/envelope';
import { escapeJson, type Message, toMessage, wireSize } from '../events/message';
import type { Context } from './context';
import { keep } from './keep';
import { PREFIX } from './object-keys';

export interface PackSettings {
  /** Above this size of the whole message, in bytes, `data` is stored and referred to. */
  readonly claimCheckBytes: number;
  /** Whether `data.native` goes along. */
  readonly native: boolean;
}

/**
 * A draft as the message that is sent.
 *
 * @param index the event's place among all events of the delivery
 * @throws LabelrelayError `unavailable` when large data could not be stored
 */
export async function pack(
  draft: EventDraft,
  origin: Origin,
  index: number,
  { objects, journal, signal }: Pick<Context, 'objects' | 'journal' | 'signal'>,
  settings: PackSettings,
): Promise<Message> {
  const attributes = envelope(draft, origin, index);
  const data = settings.native ? draft.data : { ...draft.data, native: undefined };
  const text = escapeJson(JSON.stringify(data));
  const message = toMessage(attributes, text);
  if (wireSize(message) <= settings.claimCheckBytes) return message;

  const bytes = Buffer.from(text);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const dataref = await keep(`${PREFIX.data}/${digest}`, bytes, objects, signal);
  journal.count('Offloaded');
  return toMessage(attributes, { dataref, datadigest: `sha256:${digest}` });
}
