import { createHash } from 'node:crypto';
import { identifyDelivery } from '../../lib/events/identify';
import type { LongLimits } from '../../lib/json/long/placeholder';
import type { Platform } from '../../lib/platforms/platform';
import type { Context } from '../../lib/receive/context';
import { toArrival } from '../../lib/receive/delivery';
import { relayInParts } from '../../lib/receive/large/relay-in-parts';
import { Journal } from '../../lib/receive/log/journal';
import type { RedeliverPorts } from '../../lib/receive/ports';
import { relayInMemory } from '../../lib/receive/redeliver/relay-in-memory';
import { toRecord } from '../../lib/receive/stored/record';
import { openDelivery } from '../../lib/receive/stored/stored-delivery';
import { memoryPorts } from './memory-ports';
import { receiveSettings } from './receive-settings';
import { validateEvent } from './validate-event';

/** The result for a body: its events, the objects that they refer to, and the stored body. */
export interface Relayed {
  readonly events: unknown[];
  readonly kept: Record<string, string>;
  /** Whether lists were read in parts. */
  readonly inParts: boolean;
}

const KEY = 'held/large/2026-03-02T10:41:55.287Z-labelbox-receiptId';

/** Relays the same body twice: read whole, and read in parts. */
export async function relayBoth(
  platform: Platform,
  body: Uint8Array,
  headers: Record<string, string>,
  limits: LongLimits,
): Promise<{ whole: Relayed; parts: Relayed }> {
  const source = { name: 'labelbox', platform };
  const arrival = {
    ...toArrival(source, headers, new Date(1_772_448_115_287)),
    receiptId: 'receiptId',
  };
  const id = identifyDelivery(source.name, body);
  const settings = receiveSettings(platform, {
    claimCheckBytes: 1_000_000_000,
    wholeBytes: 1_000_000_000,
  });
  const delivery = { ...arrival, id, body, size: body.length };
  const whole = await relayed((context) => relayInMemory(delivery, context, settings));
  const parts = await relayed(async (context, stored) => {
    stored.set(KEY, toRecord(delivery, true));
    const held = await openDelivery(KEY, context, settings.sources);
    if (!held) throw new Error('expected the delivery that was just stored');
    return relayInParts(held, context, settings, limits);
  });
  return { whole, parts };
}

async function relayed(
  run: (context: Context & RedeliverPorts, stored: Map<string, Uint8Array>) => Promise<void>,
): Promise<Relayed> {
  const { ports, sent, stored } = memoryPorts();
  const context = { ...ports, journal: new Journal(), signal: new AbortController().signal };
  await run(context, stored);
  const read = (uri: string, digest: string): unknown => {
    const bytes = stored.get(uri.slice('s3://bucket/'.length)) ?? Buffer.from('nothing');
    const came = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    if (came !== digest) throw new Error(`${uri} is not what its event says`);
    return JSON.parse(Buffer.from(bytes).toString());
  };
  let inParts = false;
  const events = sent.map(({ queue, body }) => {
    const { dataref, datadigest, ...event } = JSON.parse(body);
    const { nativeref, nativedigest, ...data } = dataref ? read(dataref, datadigest) : event.data;
    if (dataref || nativeref) inParts = true;
    const native = nativeref ? read(nativeref, nativedigest) : data.native;
    if (dataref) validateEvent(JSON.stringify({ ...event, data: { ...data, native } }));
    return { queue, ...event, data: { ...data, native: withParsedLabel(native) } };
  });
  const kept = [...stored].filter(([key]) => /^(raw|undecodable)\//.test(key));
  return {
    events: events.sort((one, other) => (one.id < other.id ? -1 : 1)),
    kept: Object.fromEntries(kept.map(([key, bytes]) => [key, Buffer.from(bytes).toString('hex')])),
    inParts,
  };
}

/** Parses JSON in a text, so that its formatting does not matter. */
function withParsedLabel(native: unknown): unknown {
  const parse = (text: unknown): unknown => {
    try {
      return typeof text === 'string' ? { parsed: JSON.parse(text) } : text;
    } catch {
      return text;
    }
  };
  return JSON.parse(JSON.stringify(native ?? null), (name, value) =>
    name === 'label' ? parse(value) : value,
  );
}
