import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import type { EventData } from '../../events/schemas/data';
import type { AnyGathering } from '../../platforms/gather';
import type { Platform } from '../../platforms/platform';
import type { Context } from '../context';
import { PREFIX } from '../object-keys';
import type { SendSettings } from '../send';
import { type Batch, toBatch } from './batch';
import { CollectedGroups } from './collected-groups';
import { Scattered } from './groups';
import type { CutLimits, Piece } from './hole';
import { Output, type OutputMeans } from './output';
import type { LargeObjects } from './ports';
import { RunGroups } from './run-groups';
import type { Survey } from './survey';
import { dataTemplate, nativeTemplate, type Template } from './template';
import { Writing, type Written } from './writing';

type Read = () => Promise<AsyncIterable<Piece>>;
type WriteContext = Pick<Context, 'signal'> & { readonly large: Pick<LargeObjects, 'begin'> };

interface WriteSettings extends SendSettings {
  readonly limits: CutLimits;
}

/** Each has parts of what it writes in memory until it is whole. */
const MAX_BEGUN = 4;
/** A gigabyte of what is gathered takes about half of that. */
const MAX_READS = 64;

/** What is written of a body. */
interface Work {
  /** Makes them anew: what is done with items may count them. */
  readonly draft: () => readonly EventDraft[];
  readonly found: Survey;
  readonly read: Read;
}

/**
 * Writes what drafts have in long lists to S3, while the body is read again: their data, and what the
 * platform sent beside it.
 *
 * @throws LabelrelayError `undecodable`, `not-streamable`, `unavailable`
 */
export async function writeLarge(
  work: Work,
  context: WriteContext,
  settings: WriteSettings,
): Promise<Written[]> {
  const { gatheredLength, itemLength } = settings.limits;
  try {
    const toGroups = (by: AnyGathering) => new RunGroups(by, itemLength);
    return await write(work, context, { ...settings, toGroups });
  } catch (error) {
    if (!(error instanceof Scattered)) throw error;
  }
  const toGroups = (by: AnyGathering) => new CollectedGroups(by, gatheredLength);
  return write(work, context, { ...settings, toGroups });
}

async function write(
  { draft, found, read }: Work,
  context: WriteContext,
  settings: WriteSettings & Pick<OutputMeans, 'toGroups'>,
): Promise<Written[]> {
  const writings = draft().map((each, index) => begin(each, index, found, context, settings));
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
  { limits, toGroups, native: hasNative }: WriteSettings & Pick<OutputMeans, 'toGroups'>,
): Writing {
  // No two tries write the same object: an event that is out already keeps its own.
  const key = `${PREFIX.data}/${id}-${index}-${randomUUID()}`;
  const { native, ...rest } = draft.data;
  const means = { objects: large, signal, limits, toGroups };
  const toOutput = (name: string, template?: Template): Output | undefined =>
    template?.slots.length ? new Output(name, template, means) : undefined;
  return new Writing(
    hasNative ? draft : { ...draft, data: rest as EventData },
    toOutput(key, dataTemplate(rest)),
    hasNative ? toOutput(`${key}-native`, nativeTemplate(native ?? null)) : undefined,
  );
}

/**
 * Reads the body until every slot has its items: once, when they come in the order of the slots and what
 * is gathered fits into memory.
 */
async function fill(writings: readonly Writing[], found: Survey, read: Read): Promise<void> {
  const byHole = new Map<number, Writing[]>();
  for (const writing of writings) {
    for (const hole of writing.holes) byHole.set(hole, [...(byHole.get(hole) ?? []), writing]);
  }
  /** Those of which something is in memory: no others are begun while there are many. */
  const begun = new Set<Writing>();
  const toTakers = (hole: number): Writing[] =>
    (byHole.get(hole) ?? []).filter(
      (writing) => writing.expects(hole) && (begun.has(writing) || begun.size < MAX_BEGUN),
    );
  for (let reads = 0; writings.some(({ isFilled }) => !isFilled); reads++) {
    if (reads === MAX_READS) throw tooManyReads();
    await fillInOrder(toTakers, begun, await read(), found.arrival.source.platform);
  }
}

async function fillInOrder(
  toTakers: (hole: number) => Writing[],
  begun: Set<Writing>,
  pieces: AsyncIterable<Piece>,
  platform: Platform,
): Promise<void> {
  let before: Batch | undefined;
  let takers: readonly Writing[] | undefined;
  for await (const { hole, text } of pieces) {
    // For all of a hole, from its beginning on.
    takers ??= toTakers(hole.number);
    if (text === undefined) {
      for (const writing of takers) {
        await writing.endHole(hole.number);
        if (writing.isFilled) begun.delete(writing);
      }
      before = undefined;
      takers = undefined;
    } else if (takers.length > 0) {
      before = toBatch(hole, text, before, platform);
      for (const writing of takers) {
        begun.add(writing);
        await writing.write(hole.number, before);
      }
    }
  }
}

const tooManyReads = (): LabelrelayError =>
  new LabelrelayError('not-streamable', `expected to read it ${MAX_READS} times, got more to do`);
