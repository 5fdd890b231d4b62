import { expect } from '@jest/globals';
import type { Platform } from '../../lib/platforms/platform';
import { platforms } from '../../lib/platforms/platforms';
import { signWith } from '../../lib/testing/sign-with';
import type { Face } from './faces';
import { type Fixture, PLANTED, secretsOf } from './fixtures';
import { drain } from './read-queues';
import { send } from './send';

const ID = /^[0-9a-f]{32}$/;

/** A body without the members that are entirely secret, by `secrets.json` of its platform. */
const redacted = (platform: string, body: Buffer): unknown =>
  without(JSON.parse(body.toString()), secretsOf(platform));

function without(value: unknown, secrets: unknown): unknown {
  if (!isObject(value) || !isObject(secrets)) return value;
  const kept = Object.entries(value).filter(([name]) => secrets[name] !== PLANTED);
  return Object.fromEntries(kept.map(([name, member]) => [name, without(member, secrets[name])]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The credentials of a delivery, if its fixture was recorded without. */
export function credentialsOf(
  { platform, headers, body }: Pick<Fixture, 'platform' | 'headers' | 'body'>,
  secret: string,
) {
  const { schemes } = (platforms as Record<string, Platform>)[platform] as Platform;
  const recorded = Object.keys(headers).map((name) => name.toLowerCase());
  const [scheme] = schemes;
  const isProven = schemes.some(({ header }) => recorded.includes(header));
  return scheme && !isProven ? signWith(scheme, secret, body) : {};
}

/** Rounds every number to a millionth, since percentages of pixels are not exact. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'number' ? Math.round(member * 1e6) / 1e6 : member,
  );

/**
 * Expects that a fixture is accepted, and that its queues get its events and nothing else.
 *
 * @param secret the secret of the source, for fixtures that were recorded without credentials
 */
export async function expectFixture(
  { url, aws }: Pick<Face, 'url' | 'aws'>,
  secret: string,
  fixture: Fixture,
): Promise<void> {
  const { platform, body, headers, events } = fixture;
  const before = Date.now();
  const { origin, pathname } = new URL(url);
  const path = `${pathname.replace(/\/$/, '')}/webhooks/${platform}`;
  const answer = await send(origin, {
    path,
    body,
    headers: { ...credentialsOf(fixture, secret), ...headers },
  });
  expect(answer.status).toBe(202);
  expect(answer.headers['content-type']).toContain('application/json');
  expect(answer.json).toEqual({ id: expect.stringMatching(ID), events: events.length });

  const received = await drain(aws);
  const comparable = received.map(({ queue, event }, index) => {
    const { id, recordedtime, time, traceparent, data, ...rest } = event;
    // A deletion has no time, and is ordered by its receipt.
    const receipt = recordedtime.replace('Z', '000Z/');
    if (rest.sequence) rest.sequence = rest.sequence.replace(receipt, '<received>/');
    expect(id).toMatch(ID);
    expect(Date.parse(recordedtime)).toBeGreaterThanOrEqual(before);
    const { native, ...known } = data;
    expect(native ?? false).toEqual(events[index]?.native ?? redacted(platform, body));
    return {
      queue,
      event: { ...rest, ...(time !== recordedtime && { time }), data: known },
    };
  });
  expect(rounded(comparable)).toEqual(
    rounded(events.map(({ queue, event }) => ({ queue, event }))),
  );
  for (const { attributes, event } of received) {
    expect(attributes).toEqual({
      contentType: 'application/cloudevents+json',
      type: event.type,
      source: event.source,
    });
  }
}
