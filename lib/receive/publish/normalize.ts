import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import type { UnrecognizedData, UnrecognizedReason } from '../../events/schemas/data';
import { isTooDeep } from '../../json/nesting';
import type { JsonObject } from '../../json/read';
import { bytesOf } from '../body';
import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { describeError } from '../log/describe-error';
import { keep } from '../stored/keep';
import { PREFIX } from '../stored/object-keys';

/**
 * Every event in a delivery. What cannot be understood becomes an event too: an authentic delivery
 * is never lost to a mistake in reading it.
 *
 * @throws LabelrelayError `unavailable` when bytes too deep for an event could not be kept
 */
export async function normalize(
  bodies: readonly JsonObject[],
  delivery: Delivery,
  context: Context,
): Promise<EventDraft[]> {
  const drafts: EventDraft[][] = [];
  for (const body of bodies) {
    if (isTooDeep(body)) drafts.push([await tooDeep(body, delivery, context)]);
    else drafts.push(understand(delivery.source.platform.redact(body), delivery, context));
  }
  return drafts.flat();
}

/**
 * @param body without what must not travel on
 * @throws LabelrelayError `not-streamable` when a long list of it has to be in memory
 */
export function understand(
  body: JsonObject,
  delivery: Omit<Delivery, 'body'>,
  { telemetry, journal }: Pick<Context, 'telemetry' | 'journal'>,
): EventDraft[] {
  try {
    return delivery.source.platform.normalize(body, delivery.headers);
  } catch (error) {
    if (isNotStreamable(error)) throw error;
    telemetry.log('error', 'normalizing failed, the delivery goes out as unrecognized', {
      source: delivery.source.name,
      id: delivery.id,
      error: describeError(error),
    });
    journal.count('NormalizeFailed');
    return [unrecognized(body, delivery, 'not-understood', { native: body })];
  }
}

export const isNotStreamable = (error: unknown): boolean =>
  error instanceof LabelrelayError && error.code === 'not-streamable';

async function tooDeep(
  body: JsonObject,
  delivery: Delivery,
  { objects, signal }: Context,
): Promise<EventDraft> {
  const raw = await keep(
    `${PREFIX.raw}/${delivery.source.name}/${delivery.id}`,
    bytesOf(delivery.body),
    objects,
    { signal },
  );
  return unrecognized(body, delivery, 'too-deep', { raw });
}

export const unrecognized = (
  body: JsonObject,
  { source, headers }: Pick<Delivery, 'source' | 'headers'>,
  reason: UnrecognizedReason,
  rest: Pick<UnrecognizedData, 'native' | 'raw'>,
): EventDraft => ({
  topic: 'unrecognized',
  data: {
    platform: source.platform.name,
    event: source.platform.eventName(body, headers),
    reason,
    ...rest,
  },
});
