import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import type { EventData } from '../../events/types';
import { withGroupBuffers } from '../../json/long/group/with-group-buffers';
import type { LongLimits, Piece } from '../../json/long/placeholder';
import { fill } from '../../json/long/write/fill';
import { dataTemplate, nativeTemplate, type Template } from '../../json/long/write/template';
import type { WriterMeans } from '../../json/long/write/template-writer';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import type { SendSettings } from '../publish/send';
import { PREFIX } from '../stored/object-keys';
import type { UploadStore } from '../stored/object-store';
import { ClaimWriter } from './claim-writer';
import { DraftWriter, type Written } from './draft-writer';
import { redactItems } from './redact-items';
import { type BlockStore, storedOverflow } from './stored-overflow';
import type { Survey } from './survey';

type WriteContext = Pick<Context, 'journal' | 'signal'> & {
  readonly objects: UploadStore & BlockStore;
};

interface WriteSettings extends SendSettings {
  readonly limits: LongLimits;
}

/** The room for what has to wait. */
type Room = Pick<WriterMeans, 'toBuffer' | 'overflow'>;

/** A body, and the drafts to write. */
export interface Work {
  /** Makes the drafts anew. They may count items, so they cannot be used twice. */
  readonly draft: () => readonly EventDraft[];
  readonly found: Survey;
  readonly read: () => Promise<AsyncIterable<Piece>>;
}

/**
 * Reads a body again, and writes the long data and native of its drafts to S3.
 *
 * @throws LabelrelayError `undecodable`, `not-streamable`, `unavailable`
 */
export async function writeLarge(
  work: Work,
  context: WriteContext,
  settings: WriteSettings,
): Promise<Written[]> {
  const place = `${PREFIX.progress}/${work.found.id}-${randomUUID()}`;
  const overflow = storedOverflow(place, context);
  try {
    return await withGroupBuffers(settings.limits, overflow, (toBuffer) =>
      write(work, context, settings, { toBuffer, overflow }),
    );
  } finally {
    // Blocks that cannot be removed expire.
    await overflow
      .clear()
      .catch((error) => context.journal.note({ overflow: describeError(error) }));
  }
}

async function write(
  { draft, found, read }: Work,
  context: WriteContext,
  settings: WriteSettings,
  room: Room,
): Promise<Written[]> {
  const writers = draft().map((each, index) =>
    begin(each, `${PREFIX.data}/${found.id}-${index}`, context, settings, room),
  );
  try {
    await fill(writers, read, redactItems(found.arrival.source.platform));
    return await Promise.all(writers.map((writer) => writer.commit()));
  } catch (error) {
    for (const writer of writers) await writer.abort();
    if (error instanceof LabelrelayError) throw error;
    throw new LabelrelayError('unavailable', 'large data could not be stored', { cause: error });
  }
}

function begin(
  draft: EventDraft,
  place: string,
  { objects, signal }: WriteContext,
  { limits: { earlyLength }, native: hasNative }: WriteSettings,
  room: Room,
): DraftWriter {
  // Each try writes an object of its own. An event that was sent refers to the earlier one.
  const key = `${place}-${randomUUID()}`;
  const { native, ...rest } = draft.data;
  const means = { objects, signal, earlyLength, ...room };
  const toWriter = (name: string, template: Template): ClaimWriter | undefined =>
    template.slots.length > 0 ? new ClaimWriter(name, template, means) : undefined;
  const dataWriter = toWriter(key, dataTemplate(rest));
  const nativeWriter = hasNative
    ? toWriter(`${key}-native`, nativeTemplate(native ?? null))
    : undefined;
  // A template holds all that it writes. The values themselves would take much memory beside it.
  const left = { ...(!dataWriter && rest), ...(hasNative && !nativeWriter && { native }) };
  return new DraftWriter({ ...draft, data: left as EventData }, dataWriter, nativeWriter);
}
