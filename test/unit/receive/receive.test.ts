import { expect, test } from '@jest/globals';
import { defaultRoutes } from '../../../lib/events/queues';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { Platform } from '../../../lib/platforms/platform';
import { createReceiver, type ReceiveSettings } from '../../../lib/receive/receive';
import { sweep } from '../../../lib/receive/redeliver/sweep';
import { memoryPorts } from '../../support/memory-ports';
import { receiveSettings } from '../../support/receive-settings';
import { sign } from '../../support/send';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9';

function receiver(platform: Platform, overrides: Partial<ReceiveSettings> = {}) {
  const { ports, sent, stored, lines } = memoryPorts();
  const routes = { ...defaultRoutes, 'label.updated': ['labels', 'audit'] };
  const settings = receiveSettings(platform, { routes, ...overrides });
  const receive = createReceiver(ports, settings);
  const deliver = (value: object, headers: Record<string, string> = {}) => {
    const body = Buffer.from(JSON.stringify(value));
    return receive({
      method: 'POST',
      path: '/webhooks/labelbox',
      headers: { 'x-hub-signature': sign(body, 'secret'), ...headers },
      body,
      receivedAt: new Date('2026-01-01T00:00:00Z'),
    });
  };
  return { deliver, sent, stored, lines, ports, settings };
}

const label = {
  id: 'label-1',
  updatedAt: '2023-02-13T18:22:47Z',
  label: JSON.stringify({ objects: [{ instanceURI: `https://x/mask?token=${TOKEN}` }] }),
  dataRow: { id: 'row-1', rowData: 'https://storage/x?Signature=abc' },
  project: { id: 'project-1' },
};

test('a mistake in normalizing costs no event: it goes out as unrecognized, redacted, and is logged', async () => {
  const broken: Platform = {
    ...labelbox,
    normalize: () => {
      throw new TypeError(`cannot read ${TOKEN}`);
    },
  };
  const { deliver, sent, lines } = receiver(broken);
  expect((await deliver(label, { 'x-labelbox-event': 'LABEL_UPDATED' })).status).toBe(202);
  expect(sent.map(({ queue }) => queue)).toEqual(['unrecognized']);
  expect(JSON.parse(sent[0]?.body ?? '').data).toMatchObject({
    platform: 'labelbox',
    event: 'LABEL_UPDATED',
    reason: 'not-understood',
    native: { id: 'label-1' },
  });
  expect(sent[0]?.body).not.toContain(TOKEN);
  expect(lines.join()).toContain('TypeError');
  expect(lines.join()).toContain('NormalizeFailed');
  expect(lines.join()).not.toContain(TOKEN);
});

test('a delivery of very many things is taken, and split after the answer', async () => {
  const { deliver, sent, stored, ports, settings } = receiver(labelbox);
  const answer = await deliver({ action: 'A', projectId: 'p', dataRowIds: Array(130_000).fill(1) });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    202,
    { id: expect.any(String), held: true },
  ]);
  expect(sent).toEqual([]);
  await sweep(ports, settings, { all: true, now: Date.parse('2026-01-01T00:01:00Z') });
  expect(sent).toHaveLength(130_000);
  expect([...stored.keys()]).toEqual([]);
});

test('a topic can go to several queues', async () => {
  const { deliver, sent } = receiver(labelbox);
  await deliver(label);
  expect(sent.map(({ queue }) => queue).sort()).toEqual(['audit', 'labels']);
  expect(sent[0]?.body).toBe(sent[1]?.body);
});

test('native can be switched off', async () => {
  const { deliver, sent } = receiver(labelbox, { native: false });
  await deliver(label);
  const { data } = JSON.parse(sent[0]?.body ?? '');
  expect(data.native).toBeUndefined();
  expect(data.labels).toHaveLength(1);
});

test('signatures that disagree are counted, delivery after delivery', async () => {
  const { deliver, lines } = receiver(labelbox);
  await deliver(label);
  expect(lines.join()).not.toContain('SignaturesDisagree');
  const answer = await deliver(label, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` });
  expect(answer.status).toBe(202);
  expect(lines.join()).toContain('SignaturesDisagree');
});

test('a body that is too large is counted, since senders do not retry it', async () => {
  const { ports, settings, lines } = receiver(labelbox);
  const answer = await createReceiver(
    ports,
    settings,
  )({
    method: 'POST',
    path: '/webhooks/labelbox',
    headers: {},
    body: 'too-large',
    receivedAt: new Date('2026-01-01T00:00:00Z'),
  });
  expect(answer.status).toBe(413);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'warn', TooLarge: 1 });
});

test('the log has the outcome, and nothing of the request', async () => {
  const { deliver, lines } = receiver(labelbox);
  await deliver(label);
  await deliver(label, { 'x-hub-signature': 'sha1=1234' });
  const log = lines.join('\n');
  expect(log).toContain('credentials-malformed');
  for (const secret of ['secret', 'sha1=', 'Signature', TOKEN, 'label-1', 'storage']) {
    expect(log).not.toContain(secret);
  }
});

test('the number of events is known for a few hundred things', async () => {
  const { deliver } = receiver(labelbox);
  const answer = await deliver({ action: 'A', projectId: 'p', dataRowIds: Array(400).fill(1) });
  expect(JSON.parse(answer.body)).toMatchObject({ events: 400, held: true });
});
