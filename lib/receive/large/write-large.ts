import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import type { EventData } from '../../events/schemas/data';
import type { Platform } from '../../platforms/platform';
import type { Context } from '../context';
import { PREFIX } from '../object-keys';
import type { SendSettings } from '../send';
import { toBatch } from './batch';
import type { Piece } from './hole';
import { Output } from './output';
import type { LargeObjects } from './ports';
import type { Survey } from './survey';
import { dataTemplate, nativeTemplate, type Template } from './template';
import { Writing, type Written } from './writing';

type Read = () => Promise<AsyncIterable<Piece>>;
type WriteContext = Pick<Context, 'signal'> & { readonly large: Pick<LargeObjects, 'begin'> };

/** A body that has its holes in no order would have to be read as often. */
const MAX_READS = 16;

/**
 * Writes what drafts have in long lists to S3, while the body is read again: their data, and what the
 * platform sent beside it.
 *
 * @throws LabelrelayError `undecodable`, `not-streamable`, `unavailable`
 */
export async function writeLarge(
  drafts: readonly EventDraft[],
  found: Survey,
  read: Read,
  context: WriteContext,
  settings: SendSettings,
): Promise<Written[]> {
  const writings = drafts.map((draft, index) => begin(draft, index, found, context, settings));
  try {
    await fill(writings, found, read);
    return await Promise.all(writings.map((writing) => writing.commit()));
  } catch (error) {
    for (const writing of writings) await writing.abort();
    if (error instanceof LabelrelayError) throw error;
    throw new LabelrelayError('unavailable', 'large data could not be stored', { cause: error });
  }
}

function begin(
  draft: EventDraft,
  index: number,
  { id }: Survey,
  { large, signal }: WriteContext,
  settings: SendSettings,
): Writing {
  // No two tries write the same object: an event that is out already keeps its own.
  const key = `${PREFIX.data}/${id}-${index}-${randomUUID()}`;
  const { native, ...rest } = draft.data;
  const toOutput = (name: string, template?: Template): Output | undefined =>
    template?.slots.length ? new Output(name, template, large, signal) : undefined;
  return new Writing(
    settings.native ? draft : { ...draft, data: rest as EventData },
    toOutput(key, dataTemplate(rest)),
    settings.native ? toOutput(`${key}-native`, nativeTemplate(native ?? null)) : undefined,
  );
}

/** Reads the body until every slot has its items: once, when they come in the order of the slots. */
async function fill(writings: readonly Writing[], found: Survey, read: Read): Promise<void> {
  const { platform } = found.arrival.source;
  for (let reads = 0; writings.some(({ isFilled }) => !isFilled); reads++) {
    if (reads === MAX_READS) throw outOfOrder();
    await fillInOrder(writings, await read(), platform);
  }
}

async function fillInOrder(
  writings: readonly Writing[],
  pieces: AsyncIterable<Piece>,
  platform: Platform,
): Promise<void> {
  let last = -1;
  for await (const { hole, text } of pieces) {
    const takers = writings.filter((writing) => writing.expects(hole.number));
    if (text === undefined) {
      for (const writing of takers) await writing.endSlot(hole.number);
    } else if (takers.length > 0) {
      const batch = toBatch(hole, text, hole.number !== last, platform);
      for (const writing of takers) await writing.write(hole.number, batch);
      last = hole.number;
    }
  }
}

const outOfOrder = (): LabelrelayError =>
  new LabelrelayError('not-streamable', `expected long lists in order, got more than ${MAX_READS}`);
