import { LabelrelayError } from '../errors';
import { isPlatform, platforms } from '../platforms/platforms';
import type { DeliveryDetail, SeenVersion, ShownBody } from './delivery';
import { readHead } from './event-head';
import { JsonText } from './json-text';
import { maskBody } from './mask-body';
import { maskHeaders } from './mask-headers';
import type { InspectorPorts } from './ports';
import type { RecordedEvent, Recording } from './recording';
import type { Ring } from './ring';
import { toCurl } from './to-curl';

/** @throws LabelrelayError `not-found` */
export function recordingOf(ring: Ring, n: number): Recording {
  const recording = ring.get(n);
  if (recording) return recording;
  const message = `expected a delivery that is still in memory, got ${n}`;
  throw new LabelrelayError('not-found', message);
}

/** One delivery. Its headers and its body come from the archive, if they were not seen. */
export async function detailOf(
  ring: Ring,
  ports: InspectorPorts,
  n: number,
): Promise<DeliveryDetail> {
  const recording = recordingOf(ring, n);
  // The events are worth showing without it.
  const fetched = fetchArchived(recording, ports, ring);
  const problem = await fetched.then(
    () => undefined,
    () => NO_ARCHIVE,
  );
  const { row, content, note = problem } = recording;
  const events = content?.events ?? [];
  return {
    row: recording.row,
    headers: content?.headers ?? [],
    events: events.map(({ message: _, ...event }) => event),
    more: row.events - events.length,
    body: content?.body ? (content.body.length < (row.bytes ?? 0) ? 'cut' : 'whole') : 'none',
    note: note ?? (content?.body || row.verdict !== 'observed' ? undefined : NO_DELIVERY),
  };
}

const NO_DELIVERY = 'Headers and the body were not seen: they are in the archive, if it is on.';
const NO_ARCHIVE = 'The archive could not be read, which has headers and the body.';

/** @throws LabelrelayError `not-found` */
export async function bodyOf(ring: Ring, ports: InspectorPorts, n: number): Promise<ShownBody> {
  const recording = recordingOf(ring, n);
  await fetchArchived(recording, ports, ring);
  const { content, platform, note } = recording;
  if (!content?.body || !platform) {
    throw new LabelrelayError('not-found', note ?? 'expected a body, got none');
  }
  const shown = maskBody(content.body, platform);
  return { ...shown, note: [note, shown.note].filter(Boolean).join(' ') || undefined };
}

/** The delivery as a command for a shell. @throws LabelrelayError `not-found` */
export async function curlOf(
  ring: Ring,
  ports: InspectorPorts,
  n: number,
): Promise<{ readonly text: string }> {
  const { text, note } = await bodyOf(ring, ports, n);
  const { row, content, platform } = recordingOf(ring, n);
  const url = ports.sources.find(({ name }) => name === row.source)?.url ?? '';
  return { text: toCurl({ url, headers: content?.headers ?? [], body: text, note, platform }) };
}

async function fetchArchived(
  recording: Recording,
  { findArchived, sources }: InspectorPorts,
  ring: Ring,
): Promise<void> {
  const { row, content } = recording;
  const event = content?.events.find(({ recovered }) => !recovered);
  if (row.verdict !== 'observed' || !event || content?.body || !findArchived) return;
  const { source, at } = row;
  const found = await findArchived({ ...event, source, recordedtime: at });
  if (!found) return;
  const name = sources.find((each) => each.name === source)?.platform ?? '';
  const platform = isPlatform(name) ? platforms[name] : undefined;
  ring.complete(
    recording,
    { headers: maskHeaders(found.headers, platform), body: found.body },
    { platform, id: found.id },
  );
}

/**
 * One event as it was sent, with its data even if that travelled by way of the bucket.
 *
 * @throws LabelrelayError `not-found`
 */
export async function eventOf(
  ring: Ring,
  { readData }: InspectorPorts,
  n: number,
  index: number,
): Promise<JsonText> {
  const event = recordingOf(ring, n).content?.events[index];
  if (!event) throw new LabelrelayError('not-found', 'expected an event that is still in memory');
  const { message } = event;
  const { dataref } = readHead(message) ?? {};
  const data = dataref === undefined ? undefined : await readData(dataref);
  // Neither text is parsed: that would take time from the receiver.
  if (!data) return new JsonText(message);
  return new JsonText(`${message.slice(0, -1)},"data":${Buffer.from(data).toString()}}`);
}

/** The versions of a subject that came by, in the order of arrival. */
export function versionsOf(ring: Ring, source: string, subject: string): SeenVersion[] {
  const versions: SeenVersion[] = [];
  for (const { row, content } of ring.all()) {
    if (row.source !== source) continue;
    for (const [index, event] of content?.events.entries() ?? []) {
      if (event.subject === subject) versions.push(versionOf(event, row.n, row.at, index));
    }
  }
  return versions;
}

const versionOf = (
  { id, topic, sequence, time, recovered }: RecordedEvent,
  n: number,
  at: string,
  index: number,
): SeenVersion => ({ n, index, at, id, topic, sequence, time, recovered });
