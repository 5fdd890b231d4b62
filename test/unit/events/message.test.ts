import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { toMessage } from '../../../lib/events/message';
import type { Attributes } from '../../../lib/events/types';

const attributes = (partitionkey: string): Attributes => ({
  specversion: '1.0',
  id: 'id',
  source: '/labelbox',
  type: 'labelrelay.label.created',
  time: '2023-02-13T18:22:46Z',
  recordedtime: '2023-02-13T18:22:46Z',
  partitionkey,
  datacontenttype: 'application/json',
  dataschema: 'urn:x',
});

describe('a message', () => {
  test('contains the attributes and the data, or the address of the data', () => {
    const event = attributes('labelbox');
    expect(JSON.parse(toMessage(event, '{"a":1}').body)).toEqual({ ...event, data: { a: 1 } });
    const claim = { dataref: 's3://b/k', datadigest: 'sha256:0' };
    expect(JSON.parse(toMessage(event, claim).body)).toEqual({ ...event, ...claim });
  });

  test('is grouped by its partition key, or by a digest of a key that does not fit', () => {
    const groupId = (key: string) => toMessage(attributes(key), '{}').groupId;
    const digest = (key: string) => `sha256:${createHash('sha256').update(key).digest('hex')}`;
    expect(groupId('labelbox/project-1')).toBe('labelbox/project-1');
    expect(groupId('a'.repeat(128))).toBe('a'.repeat(128));
    for (const key of ['a'.repeat(129), 'labelbox/mein Projekt', 'labelbox/ü', 'a\nb']) {
      expect(groupId(key)).toBe(digest(key));
      expect(groupId(key).length).toBeLessThanOrEqual(128);
    }
  });

  test('has the size that SQS counts: the body, and names, types and values of attributes', () => {
    const { body, size } = toMessage(attributes('labelbox'), '{"a":"ü"}');
    // A character that takes two bytes is in the body. contentType 11 + String 6 + application/cloudevents+json 28;
    // type 4 + 6 + labelrelay.label.created 24; source 6 + 6 + /labelbox 9
    expect(size).toBe(body.length + 1 + 45 + 34 + 21);
  });
});
