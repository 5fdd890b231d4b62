import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../errors';
import type { Source } from '../receive/delivery';
import { Journal } from '../receive/log/journal';
import type { Ports } from '../receive/ports';
import { type SendSettings, send } from '../receive/publish/send';
import { within } from '../receive/time-limits';
import type { ReconcilePorts } from './ports';

/** A guess, which decides how many events are packed at once. */
const EVENT_BYTES = 20_000;
const TIME_MS = 120_000;

/** Publishes recovered events of a source by the routes of its webhooks. */
export const recoveredPublisher =
  (source: Source, ports: Ports, settings: SendSettings): ReconcilePorts['publish'] =>
  async (drafts, foundAt) => {
    const delivery = {
      id: '',
      source,
      headers: {},
      credentials: [],
      receivedAt: foundAt,
      receiptId: randomUUID(),
    };
    if (drafts.some(({ subject, recovered }) => !subject || !recovered)) {
      throw new LabelrelayError('refused', 'expected recovered events with a subject, got others');
    }
    await within(TIME_MS, (signal) => {
      const context = { ...ports, journal: new Journal(), signal };
      return send(drafts, delivery, context, settings, { bodyBytes: drafts.length * EVENT_BYTES });
    });
  };
