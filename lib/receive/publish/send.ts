import type { EventDraft } from '../../events/draft';
import { envelope, type Origin } from '../../events/envelope';
import { toMessage } from '../../events/message';
import type { Routes } from '../../events/queues';
import type { ClaimCheck } from '../../events/schemas/attributes';
import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { type PackSettings, pack } from './pack';
import { publish } from './publish';
import { traceParent } from './trace-parent';

export interface SendSettings extends PackSettings {
  readonly routes: Routes;
  readonly schemaBase: string;
}

/** What else is known of the events. */
export interface Sending {
  /** What they were read from, in bytes. */
  readonly bodyBytes: number;
  /** How many events of the delivery came before. */
  readonly offset?: number;
  /** Where the data of each is, when it was too large for memory and is stored already. */
  readonly claims?: readonly (ClaimCheck | undefined)[];
}

/**
 * Puts events of a delivery into every queue of their topics.
 *
 * @throws LabelrelayError `unavailable` unless every queue accepted every message
 */
export async function send(
  drafts: readonly EventDraft[],
  delivery: Omit<Delivery, 'body'>,
  context: Context,
  settings: SendSettings,
  { bodyBytes, offset = 0, claims = [] }: Sending,
): Promise<void> {
  const origin = toOrigin(delivery, settings.schemaBase);
  const packing = { ...settings, bytesEach: bodyBytes / drafts.length };
  const publishing = {
    routes: settings.routes,
    bodyBytes,
    async pack(draft: EventDraft, index: number) {
      const claim = claims[index];
      if (!claim) return pack(draft, origin, offset + index, context, packing);
      context.journal.count('Offloaded');
      return toMessage(envelope(draft, origin, offset + index), claim);
    },
  };
  await publish(drafts, publishing, context);
  for (const { topic } of drafts) context.journal.count(`Events.${topic}`);
}

function toOrigin(delivery: Omit<Delivery, 'body'>, schemaBase: string): Origin {
  const { source, headers, id, receivedAt, draw } = delivery;
  return {
    source: source.name,
    id,
    platformDeliveryId: source.platform.deliveryId?.(headers),
    receivedAt,
    draw,
    traceParent: traceParent(delivery),
    schemaBase,
  };
}
