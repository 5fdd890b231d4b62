import type { z } from 'zod';
import { SCHEMA_VERSION } from '../events/cloud-event';
import { attributes, claimCheck } from '../events/schemas/attributes';
import { dataSchemas } from '../events/schemas/by-topic';
import { type AnyEvent, topicOf } from './event';
import { parseJson } from './parse-json';
import { Poison } from './poison';
import { UnknownVersion } from './wait';

/** An event as it travels: with its data, or with where that is. */
export type Travelling = Omit<AnyEvent, 'data'> & {
  readonly data?: unknown;
  readonly dataref?: string;
  readonly datadigest?: string;
};

/**
 * The event in a message. Members that are not known (yet) are left in it.
 *
 * @throws UnknownVersion when its schema has another version, Poison when it is no event of labelrelay
 */
export function decodeEvent(body: string): Travelling {
  const value = parseJson(body, 'JSON');
  expectVersion(value);
  expectShape(attributes, value, 'the event');
  const event = value as Travelling;
  if (event.dataref === undefined && event.data !== undefined) return event;
  expectShape(claimCheck, event, 'the event without data');
  if (event.data !== undefined) throw new Poison('expected data or where it is, got both');
  return event;
}

/** Before anything else of it is looked at: another version may have other members and topics. */
function expectVersion(value: unknown): void {
  const { type, dataschema } = Object(value) as { type?: unknown; dataschema?: unknown };
  if (!String(type).startsWith('labelrelay.') || typeof dataschema !== 'string') return;
  const version = /:(\d+)$/.exec(dataschema)?.[1];
  if (version === undefined || version === String(SCHEMA_VERSION)) return;
  throw new UnknownVersion('events', SCHEMA_VERSION, version);
}

/** @throws Poison when the data does not fit the published schema of its topic */
export function expectData(event: Travelling, data: unknown): AnyEvent {
  expectShape(dataSchemas[topicOf(event)], data, `the data of ${event.type} ${event.id}`);
  return { ...event, data } as AnyEvent;
}

function expectShape(schema: z.ZodType, value: unknown, what: string): void {
  const { error } = validate(schema, value, what);
  if (!error) return;
  // Where it does not fit, and never what stands there.
  const places = error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} (${code})`);
  throw new Poison(`expected ${what} to fit its schema, got a mismatch at ${places.join(', ')}`);
}

function validate(
  schema: z.ZodType,
  value: unknown,
  what: string,
): ReturnType<z.ZodType['safeParse']> {
  try {
    return schema.safeParse(value);
  } catch (cause) {
    // The stack ends where classifications are nested too deep.
    throw new Poison(`expected ${what} to be validated, got too deep for that`, { cause });
  }
}
