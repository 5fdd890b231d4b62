import { expect, test } from '@jest/globals';
import { DEFAULT_SCHEMA_BASE } from '../../../lib/events/cloud-event';
import type { EventDraft } from '../../../lib/events/draft';
import { envelope } from '../../../lib/events/envelope';

const origin = {
  source: 'labelbox',
  id: 'delivery',
  receivedAt: new Date('2026-01-01T00:00:00Z'),
  receiptId: 'receiptId',
  schemaBase: DEFAULT_SCHEMA_BASE,
};
const draft: EventDraft = { topic: 'label.created', data: { platform: 'labelbox' } };

test('a project id of any sensible length is part of the partition key', () => {
  const key = (projectId?: string) => envelope({ ...draft, projectId }, origin, 0).partitionkey;
  expect(key()).toBe('labelbox');
  expect(key('p'.repeat(4_096))).toBe(`labelbox/${'p'.repeat(4_096)}`);
  expect(key('p'.repeat(4_097))).toBe('labelbox');
});

test('an id is that of the topic and place in a delivery, or of the receiptId', () => {
  const id = (change: Partial<EventDraft>, index: number, receiptId = 'receiptId') =>
    envelope({ ...draft, ...change }, { ...origin, receiptId }, index).id;
  expect(id({}, 0)).toBe(id({}, 0, 'another'));
  expect(new Set([id({}, 0), id({}, 1), id({ topic: 'label.updated' }, 0)]).size).toBe(3);
  const once = { isOccurrence: true };
  expect(id(once, 0)).toBe(id(once, 0));
  expect(id(once, 0)).not.toBe(id(once, 0, 'another'));
});

test('an id of the delivery is shown as far as it is printable and short', () => {
  const shown = (platformDeliveryId?: string) =>
    envelope(draft, { ...origin, platformDeliveryId }, 0).deliveryid;
  expect(shown()).toBeUndefined();
  expect(shown('ckmdi74ew57lq063553kuzekq')).toBe('ckmdi74ew57lq063553kuzekq');
  expect(shown('x'.repeat(128))).toBe('x'.repeat(128));
  for (const id of ['', 'x'.repeat(129), 'a\tb', 'ü']) expect(shown(id)).toBeUndefined();
});
