import type * as z from 'zod';
import { SCHEMA_VERSION } from '../events/cloud-event';
import { attributes, claimCheck } from '../events/schemas/attributes';
import { dataSchemas } from '../events/schemas/by-topic';
import { type AnyEvent, topicOf } from './event';
import { parseJson } from './parse-json';
import { Poison } from './poison';
import { UnknownVersion } from './wait';

/** An event in a message: with its data, or with the claim check of its data. */
export type Travelling = Omit<AnyEvent, 'data'> & {
  readonly data?: unknown;
  readonly dataref?: string;
  readonly datadigest?: string;
};

/**
 * Parses a message. Members that are not known (yet) stay in the event.
 *
 * @throws UnknownVersion if its schema has another version; Poison if it is no event of labelrelay
 */
export function decodeEvent(body: string): Travelling {
  const value = parseJson(body, 'JSON');
  expectVersion(value);
  expectShape(attributes, value, 'the event');
  const event = value as Travelling;
  if (event.dataref === undefined && event.data !== undefined) return event;
  expectShape(claimCheck, event, 'the event without data');
  if (event.data !== undefined)
    throw new Poison('expected `data` or `dataref` in the event, got both');
  return event;
}

/** This check comes first, since another version may have other members and topics. */
function expectVersion(value: unknown): void {
  const { type, dataschema } = Object(value) as { type?: unknown; dataschema?: unknown };
  if (!String(type).startsWith('labelrelay.') || typeof dataschema !== 'string') return;
  const version = /:(\d+)$/.exec(dataschema)?.[1];
  if (version === undefined || version === String(SCHEMA_VERSION)) return;
  throw new UnknownVersion('events', SCHEMA_VERSION, version);
}

/** @throws Poison if the data does not match the published schema of its topic */
export function expectData(event: Travelling, data: unknown): AnyEvent {
  expectShape(dataSchemas[topicOf(event)], data, `the data of ${event.type} ${event.id}`);
  return { ...event, data } as AnyEvent;
}

function expectShape(schema: z.ZodType, value: unknown, what: string): void {
  const { error } = validate(schema, value, what);
  if (!error) return;
  // The reason has the place of each mismatch, and never a value.
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
    // The validator overflows the stack if classifications are nested too deep.
    throw new Poison(`expected ${what} to be validated, got too deep for that`, { cause });
  }
}
