import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import { readPieces } from '../../json/long/cut/read-pieces';
import { LONG_LIMITS, type LongLimits } from '../../json/long/placeholder';
import { MAX_LEVELS } from '../../json/nesting';
import type { JsonObject } from '../../json/read';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import type { RedeliverPorts } from '../ports';
import { understand, unrecognized } from '../publish/normalize';
import { send } from '../publish/send';
import type { ReceiveSettings } from '../receive';
import { progressOf } from '../redeliver/progress';
import { relay } from '../redeliver/relay';
import { type End, type LargeRecord, readRecord, toEnd, toHead } from '../stored/large-record';
import { LARGE, PREFIX } from '../stored/object-keys';
import { verify } from '../verify/verify';
import { sendList } from './send-list';
import { type Survey, survey } from './survey';
import { writeLarge } from './write-large';

type LargeContext = Context & RedeliverPorts;

/**
 * What `relay` does, for a held body that is never in memory: it is read once to know what it is, and
 * a second time to write what it becomes.
 */
export async function relayLarge(
  key: string,
  end: End,
  context: LargeContext,
  settings: ReceiveSettings,
  limits: LongLimits = LONG_LIMITS,
): Promise<void> {
  const open = () => openRecord(key, context, settings);
  if (!end.isVerified) await verify(await open(), context);
  const found = await survey(await open(), end, limits);
  const { arrival, id, size } = found;
  const { journal } = context;
  journal.note({ source: arrival.source.name, id, bytes: size });
  try {
    await relayFound(key, found, open, context, settings, limits);
  } catch (error) {
    const code = error instanceof LabelrelayError ? error.code : undefined;
    if (code === 'undecodable') {
      await store(
        `${PREFIX.undecodable}/${arrival.source.name}/${id}`,
        (await open()).body,
        context,
      );
      journal.count('Undecodable');
    } else if (code === 'not-streamable') {
      journal.note({ notStreamable: describeError(error) });
      await relayWhole(found, open, context, settings);
    } else throw error;
  }
  if (settings.archive) await archiveLarge(key, found, end, open, context);
}

type Open = () => Promise<LargeRecord>;

async function openRecord(
  key: string,
  { large, signal }: LargeContext,
  { sources }: ReceiveSettings,
): Promise<LargeRecord> {
  const stored = await large.open(key, { signal });
  if (stored) return readRecord(stored, sources);
  throw new LabelrelayError('unreadable-record', 'expected a held object, got none any more');
}

/** Not even parsed: each level takes memory, and no platform nests like that. */
const HOPELESS_LEVELS = 10_000;

async function relayFound(
  key: string,
  found: Survey,
  open: Open,
  context: LargeContext,
  settings: ReceiveSettings,
  limits: LongLimits,
): Promise<void> {
  const { arrival, placeholders } = found;
  const { platform } = arrival.source;
  if (found.depth > HOPELESS_LEVELS) return sendRaw(found, 'too-deep', open, context, settings);
  if (found.problem) throw found.problem;
  const bodies = platform.decode(Buffer.from(found.rest));
  if (found.depth > MAX_LEVELS) return sendRaw(found, 'too-deep', open, context, settings);

  const read = async () => readPieces((await open()).body, platform.largeShape, limits);
  const [body] = bodies;
  const list = placeholders.find(({ path }) =>
    bodies.some((each) => platform.largeShape?.isEventList(path, each)),
  );
  if (list && body) {
    if (placeholders.length > 1 || bodies.length > 1) throw tooMany();
    const progress = progressOf(key, context);
    return sendList(found, { list, body, read, progress }, context, settings);
  }
  const delivery = { ...arrival, id: found.id };
  const draft = () =>
    bodies.flatMap((each) => understand(platform.redact(each), delivery, context));
  const written = await writeLarge({ draft, found, read }, context, { ...settings, limits });
  await send(
    written.map(({ draft }) => draft),
    delivery,
    context,
    settings,
    { bodyBytes: found.rest.length, claims: written.map(({ claim }) => claim) },
  );
  context.journal.note({ events: written.length });
}

const tooMany = (): LabelrelayError =>
  new LabelrelayError('not-streamable', 'expected one long list of things, got several');

/** What cannot be read in parts is read whole where it fits, and else goes out as it is. */
async function relayWhole(
  found: Survey,
  open: Open,
  context: LargeContext,
  settings: ReceiveSettings,
): Promise<void> {
  if (found.size > settings.wholeBytes) return sendRaw(found, 'too-large', open, context, settings);
  const chunks: Uint8Array[] = [];
  for await (const bytes of (await open()).body) chunks.push(Uint8Array.from(bytes));
  const body = Buffer.concat(chunks);
  return relay({ ...found.arrival, id: found.id, body }, context, settings);
}

/** An event that says where the bytes are. */
async function sendRaw(
  found: Survey,
  reason: 'too-deep' | 'too-large',
  open: Open,
  context: LargeContext,
  settings: ReceiveSettings,
): Promise<void> {
  const { arrival, id } = found;
  const { body } = await open();
  const raw = await store(`${PREFIX.raw}/${arrival.source.name}/${id}`, body, context);
  const draft: EventDraft = unrecognized(firstBody(found), arrival, reason, { raw });
  await send([draft], { ...arrival, id }, context, settings, { bodyBytes: found.rest.length });
  context.journal.note({ events: 1 });
}

function firstBody({ arrival, depth, rest }: Survey): JsonObject {
  if (depth > HOPELESS_LEVELS) return {};
  try {
    return arrival.source.platform.decode(Buffer.from(rest))[0] ?? {};
  } catch {
    // What was read before it became too much is no JSON.
    return {};
  }
}

/** @returns where it is kept: `s3://bucket/key` */
async function store(
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  { large, signal }: LargeContext,
): Promise<string> {
  const upload = large.begin(key, signal);
  try {
    for await (const bytes of chunks) await upload.write(bytes);
    return await upload.commit();
  } catch (cause) {
    await upload.abort();
    throw new LabelrelayError('unavailable', `object ${key} could not be stored`, { cause });
  }
}

/** Never fails: its delivery is done. */
async function archiveLarge(
  key: string,
  { arrival, id }: Survey,
  end: End,
  open: Open,
  context: LargeContext,
): Promise<void> {
  const { source, receivedAt, draw } = arrival;
  const day = receivedAt.toISOString().slice(0, 10);
  const to = `${PREFIX.archive}/${source.name}/${day}/${id}-${draw}${LARGE}`;
  try {
    if (end.isVerified) await context.large.copy(key, to);
    else await store(to, verified(await open(), id), context);
  } catch (error) {
    context.journal.count('ArchiveFailed');
    context.journal.note({ archive: describeError(error) });
  }
}

/** The record of a delivery that was verified after it was held: its secret may be gone when it is replayed. */
async function* verified({ arrival, body }: LargeRecord, id: string): AsyncGenerator<Uint8Array> {
  yield toHead({ ...arrival, credentials: [] });
  yield* body;
  yield toEnd({ isVerified: true, id });
}
