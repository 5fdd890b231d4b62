import type { EventDraft } from '../events/draft';
import type { Origin } from '../events/envelope';
import type { Routes } from '../events/queues';
import { sizeOf } from './body';
import type { Context } from './context';
import type { Delivery } from './delivery';
import { type PackSettings, pack } from './pack';
import { publish } from './publish';
import { traceParent } from './trace-parent';

export interface SendSettings extends PackSettings {
  readonly routes: Routes;
  readonly schemaBase: string;
}

export function toOrigin(delivery: Omit<Delivery, 'body'>, schemaBase: string): Origin {
  const { source, headers, id, receivedAt, draw } = delivery;
  return {
    source: source.name,
    id,
    platformDeliveryId: source.platform.deliveryId(headers),
    receivedAt,
    draw,
    traceParent: traceParent(delivery),
    schemaBase,
  };
}

/**
 * Puts every event of a delivery into every queue of its topic.
 *
 * @throws LabelrelayError `unavailable` unless every queue accepted every message
 */
export async function send(
  drafts: readonly EventDraft[],
  delivery: Delivery,
  context: Context,
  settings: SendSettings,
): Promise<void> {
  const origin = toOrigin(delivery, settings.schemaBase);
  const bodyBytes = sizeOf(delivery.body);
  const packing = { ...settings, bytesEach: bodyBytes / drafts.length };
  const publishing = {
    routes: settings.routes,
    bodyBytes,
    pack: (draft: EventDraft, index: number) => pack(draft, origin, index, context, packing),
  };
  await publish(drafts, publishing, context);
  for (const { topic } of drafts) context.journal.count(`Events.${topic}`);
}
