import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asReceived, EncodedObject, parseAround } from '../../../lib/json/encoded-object';
import type { JsonObject } from '../../../lib/json/read';

const LABEL = '"{\\"objects\\":[{\\"name\\":\\"caf\\u00e9\\\\n\\"}]}"';

const received = (json: string): unknown => asReceived(parseAround(json, 'label') as JsonObject);

describe('parseAround', () => {
  it.each([
    ['in the middle', `{"id":"1","label":${LABEL},"project":{"id":"2"}}`],
    ['first, with the same name inside', `{"label":${LABEL},"project":{"label":"2"}}`],
    ['last', `{"id":"1","label":${LABEL}}`],
    ['alone', `{"label":${LABEL}}`],
  ])('copies a text that is %s', (_, json) => {
    const object = parseAround(json, 'label');
    expect(object).toEqual(JSON.parse(json));
    expect(Object.keys(object as object)).toEqual(Object.keys(JSON.parse(json)));
    const copied = received(json);
    expect(copied).toBeInstanceOf(EncodedObject);
    expect((copied as EncodedObject).parts.join('')).toBe(json);
    expect(JSON.parse(JSON.stringify(copied))).toEqual(JSON.parse(json));
  });

  it.each([
    ['of an inner object', `{"project":{"label":${LABEL}},"label":${LABEL}}`],
    ['of an inner object only', `{"project":{"label":${LABEL}}}`],
    ['before another with a brace', `{"label":${LABEL},"name":"{}"}`],
    ['that is another member before', '{"label":"a","name":"{}","label":"b"}'],
    ['with spaces before it', `{"label": ${LABEL}}`],
    ['that is no JSON', '{"label":"Skip"}'],
    ['in a list', `[{"label":${LABEL}}]`],
  ])('parses a text %s like JSON.parse', (_, json) => {
    expect(parseAround(json, 'label')).toEqual(JSON.parse(json));
    expect(received(json)).not.toBeInstanceOf(EncodedObject);
  });

  it('keeps one of several members with the same name', () => {
    const json = `{"id":"1","label":${LABEL},"id":"2"}`;
    expect(received(json)).toEqual(new EncodedObject(['{"id":"2","label":', LABEL, '}']));
  });

  it.each(['', '{', `{"label":${LABEL}`, `{"label":"{\\x}"}`, `{"label":${LABEL},}`])(
    'finds no JSON in %s',
    (json) => expect(parseAround(json, 'label')).toBeUndefined(),
  );

  it('parses an object that is too deep to be written again', () => {
    const levels = 100_000;
    const json = `{"deep":${'['.repeat(levels)}${']'.repeat(levels)},"label":${LABEL}}`;
    expect(parseAround(json, 'label')).toHaveProperty('label', JSON.parse(LABEL));
  });

  it('is forgotten by a copy', () => {
    const object = parseAround(`{"label":${LABEL}}`, 'label') as JsonObject;
    expect(asReceived({ ...object })).toEqual({ label: JSON.parse(LABEL) });
  });

  it('parses any object like JSON.parse, and gives the same object again', () => {
    const labels = fc.oneof(
      fc.json({ stringUnit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.jsonValue(),
    );
    const objects = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), labels, fc.jsonValue());
    fc.assert(
      fc.property(objects, ([before, label, behind]) => {
        const json = JSON.stringify({ ...before, label, behind });
        const object = parseAround(json, 'label') as JsonObject;
        expect(JSON.stringify(object)).toBe(json);
        expect(JSON.parse(JSON.stringify(asReceived(object)))).toEqual(JSON.parse(json));
      }),
    );
  });
});
