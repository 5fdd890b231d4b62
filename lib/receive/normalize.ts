import type { EventDraft } from '../events/draft';
import type { UnrecognizedData, UnrecognizedReason } from '../events/schemas/data';
import { isTooDeep } from '../platforms/nesting';
import type { JsonObject } from '../platforms/read';
import type { Delivery } from './delivery';
import { describeError } from './describe-error';
import { keep } from './keep';
import { PREFIX } from './object-keys';
import type { Ports } from './ports';

/**
 * Every event in a delivery. What cannot be understood becomes an event too: an authentic delivery
 * is never lost to a mistake in reading it.
 *
 * @throws LabelrelayError `unavailable` when bytes too deep for an event could not be kept
 */
export async function normalize(
  bodies: readonly JsonObject[],
  delivery: Delivery,
  ports: Pick<Ports, 'objects' | 'telemetry'>,
): Promise<EventDraft[]> {
  const drafts: EventDraft[][] = [];
  for (const body of bodies) {
    if (isTooDeep(body)) drafts.push([await tooDeep(body, delivery, ports)]);
    else drafts.push(understand(delivery.source.platform.redact(body), delivery, ports));
  }
  return drafts.flat();
}

function understand(
  body: JsonObject,
  delivery: Delivery,
  { telemetry }: Pick<Ports, 'telemetry'>,
): EventDraft[] {
  try {
    return delivery.source.platform.normalize(body, delivery.headers);
  } catch (error) {
    telemetry.log('error', 'normalizing failed, the delivery goes out as unrecognized', {
      source: delivery.source.name,
      id: delivery.id,
      error: describeError(error),
    });
    telemetry.count('NormalizeFailed', { source: delivery.source.name });
    return [unrecognized(body, delivery, 'not-understood', { native: body })];
  }
}

async function tooDeep(
  body: JsonObject,
  delivery: Delivery,
  { objects }: Pick<Ports, 'objects'>,
): Promise<EventDraft> {
  const raw = await keep(
    `${PREFIX.raw}/${delivery.source.name}/${delivery.id}`,
    delivery.body,
    objects,
  );
  return unrecognized(body, delivery, 'too-deep', { raw });
}

const unrecognized = (
  body: JsonObject,
  { source, headers }: Delivery,
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
