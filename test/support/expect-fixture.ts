import { expect } from '@jest/globals';
import type { Face } from './faces';
import type { Fixture } from './fixtures';
import { drain } from './read-queues';
import { send } from './send';

const ID = /^[0-9a-f]{32}$/;

/** A body without what must not travel, in the members where Label Studio is known to send it. */
function redacted(body: Buffer): unknown {
  const { project, ...rest } = JSON.parse(body.toString());
  if (!project) return rest;
  const { token, task_data_login, task_data_password, label_config_hash, ...safe } = project;
  return { ...rest, project: safe };
}

/** Every number to a millionth: percent of pixels are not exact. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'number' ? Math.round(member * 1e6) / 1e6 : member,
  );

/** A fixture is accepted, and its queues get its events and nothing else. */
export async function expectFixture(
  { url, aws }: Pick<Face, 'url' | 'aws'>,
  labelStudioSecret: string,
  { platform, body, headers, events }: Fixture,
): Promise<void> {
  const before = Date.now();
  const bearer = platform === 'label-studio' && { authorization: `Bearer ${labelStudioSecret}` };
  const { origin, pathname } = new URL(url);
  const path = `${pathname.replace(/\/$/, '')}/webhooks/${platform}`;
  const answer = await send(origin, { path, body, headers: { ...bearer, ...headers } });
  expect(answer.status).toBe(202);
  expect(answer.headers['content-type']).toContain('application/json');
  expect(answer.json).toEqual({ id: expect.stringMatching(ID), events: events.length });

  const received = await drain(aws);
  const comparable = received.map(({ queue, event }, index) => {
    const { id, recordedtime, time, traceparent, data, ...rest } = event;
    // A deletion carries no time, and is ordered by when it was received.
    const receipt = recordedtime.replace('Z', '000Z/');
    if (rest.sequence) rest.sequence = rest.sequence.replace(receipt, '<received>/');
    expect(id).toMatch(ID);
    expect(Date.parse(recordedtime)).toBeGreaterThanOrEqual(before);
    const { native, ...known } = data;
    expect(native ?? false).toEqual(events[index]?.native ?? redacted(body));
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
