import type { EventDraft } from '../../events/draft';
import { envelope, type Origin } from '../../events/envelope';
import { type Message, toMessage } from '../../events/message';
import type { Attributes } from '../../events/types';
import { encodeJson } from '../../json/encode';
import { EncodedObject } from '../../json/encoded-object';
import { escapeJson } from '../../json/escape';
import type { Context } from '../context';
import { sha256Of } from '../stored/content';
import { PREFIX } from '../stored/object-keys';
import { store } from '../stored/store';

export interface PackSettings {
  /** The largest message, in bytes. The `data` of a larger one is stored, and the message has its address. */
  readonly claimCheckBytes: number;
  /** Whether events have `data.native`. */
  readonly native: boolean;
}

export interface Packing extends PackSettings {
  /** The size of the body for each of its events, in bytes. */
  readonly bytesEach: number;
}

/** An event with so many bytes is encoded without a text of all of it, which would be in memory several times. */
const LARGE_BYTES = 1_048_576;

type Storing = Pick<Context, 'objects' | 'journal' | 'signal'>;

/**
 * Makes the message of a draft.
 *
 * @param index the index of the event in its delivery
 * @throws LabelrelayError `unavailable` if large data cannot be stored
 */
export async function pack(
  draft: EventDraft,
  origin: Origin,
  index: number,
  context: Storing,
  settings: Packing,
): Promise<Message> {
  const attributes = envelope(draft, origin, index);
  const data = settings.native ? draft.data : { ...draft.data, native: undefined };
  const texts =
    settings.bytesEach >= LARGE_BYTES ? encodeJson(data) : stringify(data).map(escapeJson);
  // Each character takes at least one byte.
  if (texts.reduce((sum, { length }) => sum + length, 0) < settings.claimCheckBytes) {
    const message = toMessage(attributes, texts.join(''));
    if (message.size <= settings.claimCheckBytes) return message;
  }
  // The data is not read again. It frees memory while its texts are stored.
  Object.assign(draft, { data: undefined });
  return offload(texts, attributes, context);
}

/** @returns consecutive texts */
function stringify(data: EventDraft['data']): readonly string[] {
  const { native, ...others } = data;
  if (!(native instanceof EncodedObject)) return [JSON.stringify(data)];
  return [`${JSON.stringify(others).slice(0, -1)},"native":`, ...native.parts, '}'];
}

/** @param data the event's `data` as JSON, in consecutive texts */
async function offload(
  data: readonly string[],
  attributes: Attributes,
  { objects, journal, signal }: Storing,
): Promise<Message> {
  const sha256 = sha256Of(data);
  const dataref = await store(`${PREFIX.data}/${sha256}`, data, objects, { signal, sha256 });
  journal.count('Offloaded');
  return toMessage(attributes, { dataref, datadigest: `sha256:${sha256}` });
}
