import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import { readPieces } from '../../json/long/cut/read-pieces';
import { LONG_LIMITS, type LongLimits } from '../../json/long/placeholder';
import { MAX_LEVELS } from '../../json/nesting';
import type { JsonObject } from '../../json/read';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import type { RedeliverPorts } from '../ports';
import { isNotStreamable, understand, unrecognized } from '../publish/normalize';
import { send } from '../publish/send';
import type { ReceiveSettings } from '../receive';
import { progressOf } from '../redeliver/progress';
import { relayInMemory } from '../redeliver/relay-in-memory';
import { rawKey } from '../stored/object-keys';
import { storeStream } from '../stored/store';
import { collect, type StoredDelivery } from '../stored/stored-delivery';
import { isUndecodable, storeUndecodable, undecodableKey } from '../stored/undecodable';
import { sendList } from './send-list';
import { type Survey, survey } from './survey';
import { type Work, writeLarge } from './write-large';

type LargeContext = Context & RedeliverPorts;

/**
 * Sends the events of an authentic delivery that is never in memory. Its body is read once for a survey, and
 * again to write the data of its events.
 */
export async function relayInParts(
  stored: StoredDelivery,
  context: LargeContext,
  settings: ReceiveSettings,
  limits: LongLimits = LONG_LIMITS,
): Promise<void> {
  const { id, read } = stored;
  const { source } = stored.arrival;
  const { journal, objects, signal } = context;
  const found = await survey(stored, limits);
  try {
    await relayFound(stored, found, context, settings, limits);
  } catch (error) {
    if (isUndecodable(error)) {
      const key = undecodableKey(source, id);
      const put = async () => storeStream(key, await read(), objects, signal);
      await storeUndecodable(put, journal);
    } else if (isNotStreamable(error)) {
      journal.note({ notStreamable: describeError(error) });
      await relayWhole(stored, found, context, settings);
    } else throw error;
  }
}

/** A body with more levels is not even parsed: each level takes memory, and no platform nests like that. */
const HOPELESS_LEVELS = 10_000;

async function relayFound(
  stored: StoredDelivery,
  found: Survey,
  context: LargeContext,
  settings: ReceiveSettings,
  limits: LongLimits,
): Promise<void> {
  const { platform } = found.arrival.source;
  if (found.depth > HOPELESS_LEVELS) return sendRaw(stored, found, 'too-deep', context, settings);
  if (found.problem) throw found.problem;
  const bodies = decodeRest(found);
  if (found.depth > MAX_LEVELS) return sendRaw(stored, found, 'too-deep', context, settings);

  const read = async () => readPieces(await stored.read(), platform.largeShape, limits);
  const [body] = bodies;
  const list = eventListIn(found, bodies);
  if (list && body) {
    if (found.lists > 1 || bodies.length > 1) throw tooMany();
    const progress = progressOf(stored.key, context);
    return sendList(found, { list, body, read, progress }, context, settings);
  }
  return sendDrafts({ found, read }, context, settings, limits);
}

const decodeRest = ({ arrival, rest }: Survey): JsonObject[] =>
  arrival.source.platform.decode(Buffer.from(rest));

const eventListIn = ({ arrival, placeholders }: Survey, bodies: readonly JsonObject[]) =>
  placeholders.find(({ path }) =>
    bodies.some((each) => arrival.source.platform.largeShape?.isEventList(path, each)),
  );

/** Sends the events of a body whose long lists belong to their data. */
async function sendDrafts(
  { found, read }: Pick<Work, 'found' | 'read'>,
  context: LargeContext,
  settings: ReceiveSettings,
  limits: LongLimits,
): Promise<void> {
  const delivery = { ...found.arrival, id: found.id };
  const { platform } = delivery.source;
  // The values of the rest take more memory than its text, so they are not kept for another try.
  const draft = () =>
    decodeRest(found).flatMap((each) => understand(platform.redact(each), delivery, context));
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

/** Relays a body that cannot be read in parts: in memory if it fits, else as it is. */
async function relayWhole(
  stored: StoredDelivery,
  found: Survey,
  context: LargeContext,
  settings: ReceiveSettings,
): Promise<void> {
  const { arrival, id, size, read } = stored;
  if (size > settings.wholeBytes) return sendRaw(stored, found, 'too-large', context, settings);
  const body = await collect(await read());
  return relayInMemory({ ...arrival, id, size, body }, context, settings);
}

/** Sends an event that says where the bytes are. */
async function sendRaw(
  { arrival, id, read }: StoredDelivery,
  found: Survey,
  reason: 'too-deep' | 'too-large',
  context: LargeContext,
  settings: ReceiveSettings,
): Promise<void> {
  const { objects, signal } = context;
  const raw = await storeStream(rawKey(arrival.source, id), await read(), objects, signal);
  const draft: EventDraft = unrecognized(firstBody(found), arrival, reason, { raw });
  await send([draft], { ...arrival, id }, context, settings, { bodyBytes: found.rest.length });
  context.journal.note({ events: 1 });
}

function firstBody({ arrival, depth, rest }: Survey): JsonObject {
  if (depth > HOPELESS_LEVELS) return {};
  try {
    return arrival.source.platform.decode(Buffer.from(rest))[0] ?? {};
  } catch {
    // The survey ended within the body: the beginning is not JSON.
    return {};
  }
}
