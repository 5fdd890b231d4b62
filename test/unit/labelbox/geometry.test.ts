import { describe, expect, test } from '@jest/globals';
import { Members } from '../../../lib/json/members';
import type { JsonObject } from '../../../lib/json/read';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import { toAnnotation, toRelationship } from '../../../lib/platforms/labelbox/v1/annotation';
import { toClassifications } from '../../../lib/platforms/labelbox/v1/classification';
import { geometry } from '../../../lib/platforms/labelbox/v1/geometry';

describe('geometry', () => {
  test.each([
    [
      'a closed polygon is opened',
      {
        polygon: [
          { x: 0, y: 0 },
          { x: 4, y: 0 },
          { x: 0, y: 3 },
          { x: 0, y: 0 },
        ],
      },
      {
        kind: 'polygon',
        points: [
          [0, 0],
          [4, 0],
          [0, 3],
        ],
      },
    ],
    [
      'a line that ends where it began stays closed',
      {
        line: [
          { x: 0, y: 0 },
          { x: 4, y: 0 },
          { x: 0, y: 3 },
          { x: 0, y: 0 },
        ],
      },
      {
        kind: 'polyline',
        points: [
          [0, 0],
          [4, 0],
          [0, 3],
          [0, 0],
        ],
      },
    ],
    [
      'a line on a map',
      {
        type: 'polyline',
        geometry: {
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      },
      {
        kind: 'geo',
        geometry: {
          type: 'LineString',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      },
    ],
    ['a mask', { instanceURI: 'https://x' }, { kind: 'mask', uri: 'https://x' }],
    ['a cuboid is no mask', { instanceURI: 'https://x', kind: 'Cuboid' }, undefined],
    ['a box is no mask', { instanceURI: 'https://x', bbox: { top: 'a' } }, undefined],
    ['a box without a width', { bbox: { top: 1, left: 2, height: 3 } }, undefined],
    ['a polygon with a bad point', { polygon: [{ x: 1 }] }, undefined],
    [
      'a shape on a map of an unknown type',
      { type: 'cube', geometry: { coordinates: [] } },
      undefined,
    ],
    ['nothing', {}, undefined],
  ])('%s', (_, given, expected) => {
    const object: JsonObject = given;
    expect(geometry(new Members(object))).toEqual(expected ?? { kind: 'other', native: object });
  });

  test('whatever stands in the list becomes an annotation', () => {
    for (const item of [null, 1, 'x', [], [{}]]) {
      expect(toAnnotation(item)).toEqual({ kind: 'other', native: item, classifications: [] });
    }
    expect(toAnnotation({ featureId: 5, cube: {} })).toMatchObject({
      id: '5',
      kind: 'other',
      native: { featureId: 5, cube: {} },
    });
  });
});

describe('classifications', () => {
  test('nested in answers, wrapped twice, and of unknown form', () => {
    const radio = { title: 'inner', answer: { title: 'a', value: 'a' } };
    expect(
      toClassifications([
        [{ title: 'outer', answers: [{ title: 'x', classifications: [[radio]] }] }],
        { title: 'count', answer: 3 },
        { title: 'nothing', answer: null },
        'no object',
      ]),
    ).toEqual([
      {
        name: 'outer',
        type: 'checklist',
        answers: [
          {
            name: 'x',
            classifications: [
              { name: 'inner', type: 'radio', answers: [{ name: 'a', value: 'a' }] },
            ],
          },
        ],
      },
      { name: 'count', type: 'number', number: 3 },
      { name: 'nothing', type: 'other', native: { title: 'nothing', answer: null } },
      { type: 'other', native: 'no object' },
    ]);
  });
});

test.each(['', 'null', '{}', '[]', null])('content that says nothing: %j', (label) => {
  const [draft] = labelbox.normalize(
    { id: 'l', skipped: true, label },
    { 'x-labelbox-event': 'LABEL_CREATED' },
  );
  expect(JSON.parse(JSON.stringify(draft?.data)).labels).toEqual([{ id: 'l', skipped: true }]);
});

test.each<[string, boolean | undefined]>([
  ['Skip', true],
  ['<annotation/>', undefined],
])('content of 2018 is passed on: %s', (label, skipped) => {
  const [draft] = labelbox.normalize({ id: 'l', label }, {});
  expect(JSON.parse(JSON.stringify(draft?.data)).labels).toEqual([
    { id: 'l', ...(skipped && { skipped }), other: { label } },
  ]);
});

test('a label says how well it agrees, and of which data row it is', () => {
  const body = {
    id: 7,
    agreement: 0.5,
    benchmarkAgreement: 0.25,
    label: null,
    project: { id: 8 },
    dataRow: { id: 9, externalId: 10, globalKey: 'key' },
  };
  const [draft] = labelbox.normalize(body, {});
  expect(JSON.parse(JSON.stringify(draft?.data))).toMatchObject({
    project: { id: '8' },
    dataRow: { id: '9', externalId: '10', globalKey: 'key' },
    labels: [{ id: '7', agreement: 0.5, benchmarkAgreement: 0.25 }],
  });
});

test.each(['updatedAt', 'updated_at', 'timestamp'])(
  'what is not recognized has its time in %s',
  (member) => {
    const body = { [member]: '2026-01-01T01:00:00+01:00', project: { id: 'p' } };
    expect(labelbox.normalize(body, {})).toMatchObject([
      { topic: 'unrecognized', time: '2026-01-01T00:00:00Z', projectId: 'p' },
    ]);
  },
);

test('relationships of texts name their ends by feature', () => {
  const data = { startFeatureId: 'a', endFeatureId: 'b', label: 'of' };
  expect(toRelationship({ featureId: 'r', data, format: 'unidirectional' })).toEqual({
    id: 'r',
    from: 'a',
    to: 'b',
    direction: 'unidirectional',
    labels: ['of'],
  });
  expect(toRelationship({ data: { source: 'a' } })).toBeUndefined();
});
