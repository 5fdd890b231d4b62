import { expect, test } from '@jest/globals';
import { bodyOf, detailOf } from '../../../lib/inspector/deliveries';
import { followTap } from '../../../lib/inspector/follow-tap';
import type { InspectorPorts } from '../../../lib/inspector/ports';
import { Ring } from '../../../lib/inspector/ring';

const EVENT = {
  id: 'a',
  source: '/labelbox',
  type: 'labelrelay.label.created',
  subject: 'label/a',
  recordedtime: '2026-01-01T00:00:00.000Z',
  data: { platform: 'labelbox', event: 'LABEL_CREATED' },
};

/** A ring with one event of the tap, and the parts of a deployment that the page asks for it. */
async function deployed(findArchived: InspectorPorts['findArchived']) {
  const ring = new Ring();
  async function* tap() {
    yield JSON.stringify(EVENT);
  }
  await followTap(tap(), ring, () => ['label-created']);
  const ports: InspectorPorts = {
    stage: 'test',
    isLocal: false,
    sources: [
      { name: 'labelbox', platform: 'labelbox', url: 'http://localhost/webhooks/labelbox' },
    ],
    queues: async () => [],
    deadLetters: async () => [],
    held: async () => [],
    readData: async () => undefined,
    findArchived,
  };
  return { ring, ports };
}

test('the events of a delivery are shown although its archive cannot be read', async () => {
  const { ring, ports } = await deployed(async () => {
    throw new Error('AccessDenied');
  });
  const { events, body, note } = await detailOf(ring, ports, 1);
  expect(events).toMatchObject([{ id: 'a', queues: { 'label-created': 'sent' } }]);
  expect(body).toBe('none');
  expect(note).toMatch(/archive could not be read/);
  await expect(bodyOf(ring, ports, 1)).rejects.toThrow('AccessDenied');
});

test('an archived delivery that two questions find at once takes its memory once', async () => {
  const body = Buffer.from('{"id":"a"}');
  const { ring, ports } = await deployed(async () => ({ headers: {}, body, id: 'd' }));
  const before = ring.bytes;
  const [detail, shown] = await Promise.all([detailOf(ring, ports, 1), bodyOf(ring, ports, 1)]);
  expect(detail).toMatchObject({ body: 'whole', row: { bytes: body.length, id: 'd' } });
  expect(shown.text).toBe('{"id":"a"}');
  // The body, and 500 bytes for itself.
  expect(ring.bytes - before).toBe(body.length + 500);
});
