import type { EventDraft } from '../../events/draft';
import { envelope, type Origin } from '../../events/envelope';
import { toMessage } from '../../events/message';
import type { Routes } from '../../events/queues';
import type { ClaimCheck } from '../../events/types';
import type { Context } from '../context';
import type { DeliveryHead } from '../delivery';
import { type PackSettings, pack } from './pack';
import { publish } from './publish';
import { traceParent } from './trace-parent';

export interface SendSettings extends PackSettings {
  readonly routes: Routes;
  readonly schemaBase: string;
}

/** Facts about the events that are not in their drafts. */
export interface Sending {
  /** The size of the body of the events, in bytes. */
  readonly bodyBytes: number;
  /** The most requests to queues while the sender waits. Without it there is no limit. */
  readonly maxRequests?: number;
  /** The number of events of the delivery that were sent before. */
  readonly offset?: number;
  /** The address of each event's data, if it was too large for memory and is stored already. */
  readonly claims?: readonly (ClaimCheck | undefined)[];
}

/**
 * Sends events of a delivery to every queue of their topics.
 *
 * @throws LabelrelayError `unavailable` unless every queue accepted every message, or `takes-long`
 */
export async function send(
  drafts: readonly EventDraft[],
  delivery: DeliveryHead,
  context: Context,
  settings: SendSettings,
  { bodyBytes, maxRequests, offset = 0, claims = [] }: Sending,
): Promise<void> {
  const origin = toOrigin(delivery, settings.schemaBase);
  const packing = { ...settings, bytesEach: bodyBytes / drafts.length };
  const publishing = {
    routes: settings.routes,
    bodyBytes,
    maxRequests,
    async pack(draft: EventDraft, index: number) {
      const claim = claims[index];
      if (!claim) return pack(draft, origin, offset + index, context, packing);
      context.journal.count('Offloaded');
      return toMessage(envelope(draft, origin, offset + index), claim);
    },
  };
  await publish(drafts, publishing, context);
}

function toOrigin(delivery: DeliveryHead, schemaBase: string): Origin {
  const { source, headers, id, receivedAt, receiptId } = delivery;
  return {
    source: source.name,
    id,
    platformDeliveryId: source.platform.deliveryId?.(headers),
    receivedAt,
    receiptId,
    traceParent: traceParent(delivery),
    schemaBase,
  };
}
