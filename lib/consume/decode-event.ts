import type { z } from 'zod';
import { attributes, claimCheck } from '../events/schemas/attributes';
import { dataSchemas } from '../events/schemas/by-topic';
import { type AnyEvent, topicOf } from './event';
import { Poison } from './poison';

/** An event as it travels: with its data, or with where that is. */
export type Travelling = Omit<AnyEvent, 'data'> & {
  readonly data?: unknown;
  readonly dataref?: string;
  readonly datadigest?: string;
};

/**
 * The event in a message. Members that are not known (yet) are left in it.
 *
 * @throws Poison when it is no event of labelrelay
 */
export function decodeEvent(body: string): Travelling {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Poison('expected JSON, got something else');
  }
  expectShape(attributes, value, 'the event');
  const event = value as Travelling;
  if (event.data === undefined) expectShape(claimCheck, event, 'the event without data');
  return event;
}

/** @throws Poison when the data does not fit the published schema of its topic */
export function expectData(event: Travelling, data: unknown): AnyEvent {
  expectShape(dataSchemas[topicOf(event)], data, `the data of ${event.type} ${event.id}`);
  return { ...event, data } as AnyEvent;
}

function expectShape(schema: z.ZodType, value: unknown, what: string): void {
  const { error } = schema.safeParse(value);
  if (!error) return;
  // Where it does not fit, and never what stands there.
  const places = error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} (${code})`);
  throw new Poison(`expected ${what} to fit its schema, got a mismatch at ${places.join(', ')}`);
}
