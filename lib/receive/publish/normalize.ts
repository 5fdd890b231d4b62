import { hasCode } from '../../errors';
import type { EventDraft } from '../../events/draft';
import type { UnrecognizedData } from '../../events/types';
import { isTooDeep } from '../../json/nesting';
import type { JsonObject } from '../../json/read';
import { bytesOf } from '../body';
import type { Context } from '../context';
import type { Delivery, DeliveryHead } from '../delivery';
import { describeError } from '../log/describe-error';
import { rawKey } from '../stored/object-keys';
import { store } from '../stored/store';

/**
 * Makes the events of a delivery. A body that fails becomes an event too: a mistake in reading never loses an
 * authentic delivery.
 *
 * @throws LabelrelayError `unavailable` if a body that nests too deeply for an event cannot be stored
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
 * Makes the events of one body.
 *
 * @param body the body without secrets
 * @throws LabelrelayError `not-streamable` if one of its long lists has to be in memory
 */
export function understand(
  body: JsonObject,
  delivery: DeliveryHead,
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
    journal.count('UnexpectedError');
    return [unrecognized(body, delivery, 'not-understood', { native: body })];
  }
}

export const isNotStreamable = (error: unknown): boolean => hasCode(error, 'not-streamable');

async function tooDeep(
  body: JsonObject,
  delivery: Delivery,
  { objects, signal }: Context,
): Promise<EventDraft> {
  const key = rawKey(delivery.source, delivery.id);
  const raw = await store(key, bytesOf(delivery.body), objects, { signal });
  return unrecognized(body, delivery, 'too-deep', { raw });
}

export const unrecognized = (
  body: JsonObject,
  { source, headers }: Pick<Delivery, 'source' | 'headers'>,
  reason: UnrecognizedData['reason'],
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
