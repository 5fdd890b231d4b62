import type { EventDraft } from '../../events/draft';
import { envelope } from '../../events/envelope';
import { toMessage } from '../../events/message';
import type { ClaimCheck } from '../../events/schemas/attributes';
import type { Context } from '../context';
import { pack } from '../pack';
import { publish } from '../publish';
import { type SendSettings, toOrigin } from '../send';
import type { Survey } from './survey';

/** A draft, and where its data is when it was too large for memory. */
export interface Sendable {
  readonly draft: EventDraft;
  readonly claim?: ClaimCheck;
}

/**
 * Puts events into every queue of their topics, as `send` does.
 *
 * @param offset how many events of the delivery came before
 * @throws LabelrelayError `unavailable` unless every queue accepted every message
 */
export async function sendAll(
  sendables: readonly Sendable[],
  { arrival, id, rest }: Survey,
  context: Context,
  settings: SendSettings,
  offset = 0,
): Promise<void> {
  const origin = toOrigin({ ...arrival, id }, settings.schemaBase);
  const packing = { ...settings, bytesEach: rest.length / sendables.length };
  const publishing = {
    routes: settings.routes,
    bodyBytes: rest.length,
    async pack(draft: EventDraft, index: number) {
      const claim = sendables[index]?.claim;
      if (!claim) return pack(draft, origin, offset + index, context, packing);
      context.journal.count('Offloaded');
      return toMessage(envelope(draft, origin, offset + index), claim);
    },
  };
  const drafts = sendables.map(({ draft }) => draft);
  await publish(drafts, publishing, context);
  for (const { topic } of drafts) context.journal.count(`Events.${topic}`);
}
