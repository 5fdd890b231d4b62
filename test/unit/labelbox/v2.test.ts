import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../lib/json/read';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';

const normalize = (body: JsonObject, event?: string) =>
  JSON.parse(JSON.stringify(labelbox.normalize(body, { 'x-labelbox-event': event })));

const RECEIVED = '2024-02-01T00:00:00.000Z';
const sequenceOf = (body: JsonObject, event?: string) =>
  labelbox.normalize(body, { 'x-labelbox-event': event })[0]?.sequence?.(RECEIVED);

const row = (projects: object, data_row: object = { id: 'row-1' }) => ({ data_row, projects });
const withObjects = (...objects: object[]) =>
  row({ p: { name: 'P', labels: [{ id: 'l', annotations: { objects } }] } });
const annotation = (object: object) =>
  normalize(withObjects(object))[0].data.labels[0].annotations[0];
const withClassification = (classification: object) =>
  normalize(
    row({ p: { labels: [{ id: 'l', annotations: { classifications: [classification] } }] } }),
  )[0].data.labels[0].classifications;

describe('a row is a snapshot', () => {
  test('one event for each project, each with its own', () => {
    const body = row({
      p: { name: 'P', labels: [{ id: 'a' }] },
      q: { name: 'Q', labels: [{ id: 'b' }, { id: 'c' }] },
    });
    const events = normalize(body, 'LABEL_CREATED');
    expect(events).toMatchObject([
      {
        topic: 'label.created',
        subject: 'project/p/data-row/row-1/labels',
        projectId: 'p',
        data: {
          project: { id: 'p', name: 'P' },
          labels: [{ id: 'a' }],
          native: { projects: { p: {} } },
        },
      },
      {
        topic: 'label.created',
        subject: 'project/q/data-row/row-1/labels',
        projectId: 'q',
        data: { labels: [{ id: 'b' }, { id: 'c' }] },
      },
    ]);
    expect(Object.keys(events[0].data.native.projects)).toEqual(['p']);
  });

  test.each([
    [
      'the content of a label',
      {
        content: '2024-01-03T00:00:00.5+00:00',
        move: '2024-01-02T00:00:00+00:00',
        activity: '2024-01-01T00:00:00+00:00',
      },
      '2024-01-03T00:00:00.500000Z/2024-01-03T00:00:00.500000Z-1',
    ],
    [
      'a move',
      {
        content: '2024-01-01T00:00:00+00:00',
        move: '2024-01-03T00:00:00+02:00',
        activity: '2024-01-02T00:00:00+00:00',
      },
      '2024-01-02T22:00:00.000000Z/2024-01-02T22:00:00.000000Z-1',
    ],
    [
      'the last activity',
      {
        content: '2024-01-01T00:00:00+00:00',
        move: undefined,
        activity: '2024-01-02T00:00:00+00:00',
      },
      '2024-01-02T00:00:00.000000Z/2024-01-01T00:00:00.000000Z-1',
    ],
    [
      'the update of a label without a time of its content',
      { content: undefined, move: undefined, activity: undefined },
      '2023-01-01T00:00:00.000000Z/2023-01-01T00:00:00.000000Z-1',
    ],
  ])('its last activity, then the newest time of what is in it: %s', (_, times, sequence) => {
    const body = row(
      {
        p: {
          labels: [
            {
              id: 'a',
              label_details: {
                updated_at: '2023-01-01T00:00:00+00:00',
                content_last_updated_at: times.content,
              },
            },
          ],
          project_details: { workflow_history: [{ created_at: times.move }] },
        },
      },
      { id: 'row-1', details: { last_activity_at: times.activity } },
    );
    for (const name of ['LABEL_CREATED', 'LABEL_UPDATED']) {
      expect(sequenceOf(body, name)).toBe(sequence);
    }
    // A deletion is as new as its receipt, but the activity is what the row says, where it does.
    const received = '2024-02-01T00:00:00.000000Z';
    const activity = times.activity === undefined ? received : sequence.split('/')[0];
    expect(sequenceOf(body, 'LABEL_DELETED')).toBe(`${activity}/${received}-1`);
  });

  test('a deletion carries the labels that remain and never buries the row', () => {
    const body = row({ p: { labels: [{ id: 'left' }] } });
    const [event] = normalize(body, 'LABEL_DELETED');
    expect(event).toMatchObject({
      topic: 'label.deleted',
      data: { event: 'LABEL_DELETED', labels: [{ id: 'left', deleted: false }] },
    });
    expect(event.subject).toBe('project/p/data-row/row-1/labels');
    const received = '2024-02-01T00:00:00.000000Z';
    expect(sequenceOf(body, 'LABEL_DELETED')).toBe(`${received}/${received}-1`);
    expect(sequenceOf(body, 'LABEL_UPDATED')).toBeUndefined();
  });

  test('without a usable name it is an update; a project that is none is not understood', () => {
    expect(normalize(row({ p: {} }), 'REVIEW_CREATED')[0]).toMatchObject({
      topic: 'label.updated',
      data: { event: 'LABEL_UPDATED', labels: [] },
    });
    expect(normalize(row({ p: 'x' }))[0]).toMatchObject({
      topic: 'unrecognized',
      data: { reason: 'not-understood' },
    });
    expect(normalize(row({}))).toEqual([]);
  });

  test('the author, duration and agreement of a label', () => {
    const body = row({
      p: {
        labels: [
          {
            id: 'l',
            label_details: {
              created_at: '2024-01-01T00:00:00.000+00:00',
              updated_at: '2024-01-02T00:00:00.000+00:00',
              created_by: 'a@b.c',
            },
            performance_details: {
              seconds_to_create: 9,
              skipped: true,
              consensus_score: 0.5,
              benchmark_score: 0.25,
            },
            performance_details_v2: { seconds_to_label: 7, skipped: false },
          },
        ],
      },
    });
    expect(normalize(body)[0].data.labels).toEqual([
      {
        id: 'l',
        createdAt: '2024-01-01T00:00:00.000Z',
        updatedAt: '2024-01-02T00:00:00.000Z',
        deleted: false,
        skipped: false,
        secondsToLabel: 7,
        createdBy: { email: 'a@b.c' },
        agreement: 0.5,
        benchmarkAgreement: 0.25,
      },
    ]);
  });
});

describe('every object', () => {
  test.each<[string, object, object]>([
    ['a point', { point: { x: 1, y: 2 } }, { kind: 'point', point: [1, 2] }],
    [
      'a closed polygon',
      {
        polygon: [
          { x: 0, y: 0 },
          { x: 1, y: 0 },
          { x: 0, y: 1 },
          { x: 0, y: 0 },
        ],
      },
      {
        kind: 'polygon',
        points: [
          [0, 0],
          [1, 0],
          [0, 1],
        ],
      },
    ],
    ['an older mask', { mask: { url: 'https://x/m' } }, { kind: 'mask', uri: 'https://x/m' }],
    [
      'text',
      { location: { start: 3, end: 8, token: 'abcdef' } },
      { kind: 'text-span', start: 3, end: 9, text: 'abcdef' },
    ],
    [
      'a conversation',
      {
        conversational_location: { message_id: 'm', location: { start: 0, end: 2, token: 'hey' } },
      },
      { kind: 'text-span', start: 0, end: 3, text: 'hey', messageId: 'm' },
    ],
    [
      'a box in a document',
      {
        page_number: 2,
        page_dimensions: { width: 5, height: 6 },
        bounding_box: { top: 1, left: 2, height: 3, width: 4 },
      },
      {
        kind: 'document-box',
        page: 2,
        bbox: [2, 1, 4, 3],
        other: { page_dimensions: { width: 5, height: 6 } },
      },
    ],
    [
      'tokens of a document',
      {
        location: {
          groups: [
            { page_number: 3, content: 'a b', tokens: [{ id: 1 }, { id: 2 }] },
            { page_number: 3, content: 'c', tokens: [{ id: 3 }] },
          ],
        },
      },
      { kind: 'text-span', page: 3, text: 'a b c', tokens: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    ],
    [
      'a chosen message',
      { selected_message: { message_id: 'm1', model_config_name: 'GPT' } },
      {
        kind: 'other',
        classifications: [
          { name: 'n', schemaId: 's', type: 'radio', answers: [{ name: 'GPT', value: 'm1' }] },
        ],
      },
    ],
    [
      'chosen messages',
      { selected_messages: [{ message_id: 'm1' }, { message_id: 'm2' }] },
      {
        kind: 'other',
        classifications: [
          {
            name: 'n',
            schemaId: 's',
            type: 'checklist',
            answers: [
              { name: 'm1', value: 'm1' },
              { name: 'm2', value: 'm2' },
            ],
          },
        ],
      },
    ],
    [
      'ranked messages',
      { ranked_messages: [{ message_id: 'm1', order: 1 }] },
      {
        kind: 'other',
        classifications: [
          { name: 'n', schemaId: 's', type: 'ranking', ranking: [{ message_id: 'm1', order: 1 }] },
        ],
      },
    ],
    [
      'a kind that is no text',
      { annotation_kind: { toString: null }, line: [{ x: 1, y: 2 }] },
      {
        kind: 'polyline',
        points: [[1, 2]],
        other: { annotation_kind: { toString: null } },
      },
    ],
    ['a kind not known yet', { annotation_kind: 'Cuboid', cuboid: {} }, { kind: 'other' }],
  ])('%s', (_, members, expected) => {
    const object = { feature_id: 'f', feature_schema_id: 's', name: 'n', value: 'v', ...members };
    const passedOn = 'kind' in expected && expected.kind === 'other' ? { native: object } : {};
    expect(annotation(object)).toEqual({
      id: 'f',
      schemaId: 's',
      name: 'n',
      value: 'v',
      classifications: [],
      ...passedOn,
      ...expected,
    });
  });
});

describe('every classification', () => {
  test.each<[string, object, object[]]>([
    [
      'conversational radio',
      { message_id: 'm', conversational_radio_answer: { name: 'a', value: 'a' } },
      [{ messageId: 'm', type: 'radio', answers: [{ name: 'a', value: 'a' }] }],
    ],
    [
      'conversational checklist',
      { conversational_checklist_answers: [{ name: 'a' }] },
      [{ type: 'checklist', answers: [{ name: 'a' }] }],
    ],
    [
      'conversational text',
      { conversational_text_answer: { content: 'c' } },
      [{ type: 'text', text: 'c' }],
    ],
    [
      'nested under a text',
      {
        text_answer: {
          content: 'c',
          classifications: [{ name: 'inner', radio_answer: { name: 'a' } }],
        },
      },
      [
        { type: 'text', text: 'c' },
        { name: 'inner', type: 'radio', answers: [{ name: 'a' }] },
      ],
    ],
    [
      'nested under an answer',
      {
        radio_answer: {
          name: 'a',
          classifications: [{ name: 'inner', text_answer: { content: 't' } }],
        },
      },
      [
        {
          type: 'radio',
          answers: [{ name: 'a', classifications: [{ name: 'inner', type: 'text', text: 't' }] }],
        },
      ],
    ],
    ['unknown', { slider_answer: 3 }, [{ type: 'other', native: { slider_answer: 3 } }]],
  ])('%s', (_, classification, expected) => {
    expect(withClassification(classification)).toEqual(expected);
  });
});

describe('moving objects', () => {
  const line = (x: number) => ({
    feature_id: 'f',
    feature_schema_id: 's',
    name: 'n',
    line: [
      { x, y: 0 },
      { x, y: 1 },
    ],
  });

  test('a DICOM series: groups of frames, segments by group', () => {
    const annotations = {
      groups: {
        Axial: { frames: { 1: { objects: [line(1)] }, 4: { objects: { f: line(4) } } } },
        Sagittal: { frames: { 2: { objects: [line(2)] } } },
      },
      segments: { Axial: { f: [[1, 4]] }, Sagittal: { f: [[2, 2]] } },
      key_frame_feature_map: { Axial: { f: { 1: true, 4: true } } },
      classifications: [{ name: 'all', radio_answer: { name: 'a' } }],
    };
    const [event] = normalize(row({ p: { labels: [{ id: 'l', annotations }] } }));
    const points = (x: number) => [
      [x, 0],
      [x, 1],
    ];
    expect(event.data.labels[0]).toEqual({
      id: 'l',
      deleted: false,
      annotations: [
        {
          id: 'f',
          schemaId: 's',
          name: 'n',
          kind: 'video-track',
          classifications: [],
          keyframes: [
            { frame: 1, group: 'Axial', kind: 'polyline', points: points(1) },
            { frame: 4, group: 'Axial', kind: 'polyline', points: points(4) },
            { frame: 2, group: 'Sagittal', kind: 'polyline', points: points(2) },
          ],
          segments: [
            [1, 4],
            [2, 2],
          ],
        },
      ],
      classifications: [{ name: 'all', type: 'radio', answers: [{ name: 'a' }] }],
    });
  });

  test('a video: classifications of a frame say which, two features are two tracks', () => {
    const annotations = {
      frames: {
        7: {
          objects: { f: line(1), g: { ...line(2), feature_id: 'g' } },
          classifications: [{ name: 'night', radio_answer: { name: 'yes' } }],
        },
      },
    };
    const [{ data }] = normalize(row({ p: { labels: [{ id: 'l', annotations }] } }));
    expect(data.labels[0].annotations.map(({ id }: { id: string }) => id)).toEqual(['f', 'g']);
    expect(data.labels[0].classifications).toEqual([
      { name: 'night', type: 'radio', answers: [{ name: 'yes' }], frame: 7 },
    ]);
  });
});

describe('the stretches of an answer', () => {
  const labelOf = (annotations: object) =>
    normalize(row({ p: { labels: [{ id: 'l', annotations }] } }))[0].data.labels[0];
  const checklist = {
    feature_id: 'c',
    feature_schema_id: 's',
    checklist_answers: [
      { feature_id: 'a', name: 'one' },
      { feature_id: 'b', name: 'two' },
    ],
  };
  const [one, two] = [
    { id: 'a', name: 'one' },
    { id: 'b', name: 'two' },
  ];
  const said = { id: 'c', schemaId: 's', type: 'checklist' };
  const early = { ranges: [[7, 13]], unit: 'frame' };
  const late = { ranges: [[18, 19]], unit: 'frame' };

  test.each<[string, object, object[]]>([
    ['by the question', { c: [[7, 13]] }, [{ ...said, answers: [one, two], ...early }]],
    ['by what is asked', { s: [[7, 13]] }, [{ ...said, answers: [one, two], ...early }]],
    [
      'by each answer, the same',
      { a: [[7, 13]], b: [[7, 13]] },
      [{ ...said, answers: [one, two], ...early }],
    ],
    [
      'by each answer, others',
      { a: [[7, 13]], b: [[18, 19]] },
      [
        { ...said, answers: [one], ...early },
        { ...said, answers: [two], ...late },
      ],
    ],
    [
      'by one of the answers',
      { b: [[18, 19]] },
      [
        { ...said, answers: [one] },
        { ...said, answers: [two], ...late },
      ],
    ],
  ])('%s', (_, segments, expected) => {
    const label = labelOf({ frames: {}, segments, classifications: [checklist] });
    expect(label.classifications).toEqual(expected);
    expect(label.other).toBeUndefined();
  });

  test('for a feature that is absent are passed on', () => {
    const mark = { point: { x: 1, y: 2 } };
    const label = labelOf({
      frames: { 7: { objects: { f: mark } } },
      segments: { f: [[7, 9]], nobody: [[18, 19]], Axial: { f: [[7, 7]], none: [[1, 2]] } },
      classifications: [{ ...checklist, feature_id: 'x' }],
      unheardOf: 1,
    });
    expect(label.other).toEqual({
      unheardOf: 1,
      segments: { nobody: [[18, 19]], Axial: { none: [[1, 2]] } },
    });
    expect(label.annotations[0].segments).toEqual([
      [7, 9],
      [7, 7],
    ]);
  });

  test('one answer of a sound is there once for each text, with the moments of that text', () => {
    const text = (content: string) => ({
      classifications: [{ feature_id: 't', name: 'words', text_answer: { content } }],
    });
    const label = labelOf({
      segments: {
        t: [
          [1500, 2400],
          [3000, 4100],
        ],
      },
      timestamp: {
        1500: text('bom dia'),
        2400: text('bom dia'),
        3000: text('boa noite'),
        4100: text('boa noite'),
      },
    });
    const words = { id: 't', name: 'words', type: 'text', unit: 'ms' };
    expect(label.classifications).toEqual([
      { ...words, text: 'bom dia', ranges: [[1500, 2400]] },
      { ...words, text: 'boa noite', ranges: [[3000, 4100]] },
    ]);
    expect(label.other).toBeUndefined();
  });
});

describe('time spans of spoken text', () => {
  const classificationsOf = (segments: object, answers: Record<string, object>) => {
    const timestamp = Object.fromEntries(
      Object.entries(answers).map(([time, answer]) => [
        time,
        { classifications: [{ feature_id: 'q', feature_schema_id: 's', ...answer }] },
      ]),
    );
    const annotations = { segments, timestamp };
    const [{ data }] = normalize(row({ p: { labels: [{ id: 'l', annotations }] } }));
    expect(data.labels[0].other).toBeUndefined();
    return data.labels[0].classifications;
  };
  const question = { id: 'q', schemaId: 's', unit: 'ms' };
  const option = (id: string) => ({ feature_id: id, name: id });

  test('by the kind of question', () => {
    const text = { text_answer: { content: 'bom dia' } };
    expect(classificationsOf({ s: [[1500, 2400]] }, { 1500: text, 2400: text })).toEqual([
      { ...question, type: 'text', text: 'bom dia', ranges: [[1500, 2400]] },
    ]);
  });

  test('by the answer', () => {
    const [yes, no] = [{ radio_answer: option('yes') }, { radio_answer: option('no') }];
    const segments = { yes: [[0, 900]], no: [[1500, 2400]] };
    expect(classificationsOf(segments, { 0: yes, 900: yes, 1500: no, 2400: no })).toEqual([
      { ...question, type: 'radio', answers: [{ id: 'yes', name: 'yes' }], ranges: [[0, 900]] },
      { ...question, type: 'radio', answers: [{ id: 'no', name: 'no' }], ranges: [[1500, 2400]] },
    ]);
  });

  test('by each of several answers', () => {
    const both = { checklist_answers: [option('a'), option('b')] };
    const segments = { a: [[0, 900]], b: [[0, 400]] };
    expect(classificationsOf(segments, { 0: both })).toEqual([
      { ...question, type: 'checklist', answers: [{ id: 'a', name: 'a' }], ranges: [[0, 900]] },
      { ...question, type: 'checklist', answers: [{ id: 'b', name: 'b' }], ranges: [[0, 400]] },
    ]);
  });

  test('of questions nested in an answer', () => {
    const inner = { feature_id: 'i', text_answer: { content: 'loud' } };
    const answer = { radio_answer: { ...option('yes'), classifications: [inner] } };
    const segments = { q: [[0, 900]], i: [[100, 200]] };
    const nested = { id: 'i', type: 'text', text: 'loud', ranges: [[100, 200]], unit: 'ms' };
    expect(classificationsOf(segments, { 0: answer, 900: answer })).toEqual([
      {
        ...question,
        type: 'radio',
        answers: [{ id: 'yes', name: 'yes', classifications: [nested] }],
        ranges: [[0, 900]],
      },
    ]);
  });
});

test('reviews are passed on', () => {
  const reviews = [{ score: 1, comment: 'too wide' }];
  const label_details = { created_at: '2026-01-01T00:00:00Z', reviews };
  const [{ data }] = normalize(row({ p: { labels: [{ id: 'l', label_details }] } }));
  expect(data.labels[0].other).toEqual({ label_details: { reviews } });
});

test.each<[string, object]>([
  ['a list of the frames that were drawn', { f: [1, 4] }],
  // As in the export of a DICOM series among Labelbox's own tests.
  ['group of each feature', { f: { Axial: { 1: true, 2: false, 4: true }, Coronal: {} } }],
  ['a list for each group', { f: { Axial: [1, 4] } }],
  ['true and false', { f: { 1: true, 2: false, 4: true } }],
  ['by group', { Axial: { f: [1, 4] } }],
])('key frames by %s: what nobody drew says that it is interpolated', (_, map) => {
  const objects = { f: { name: 'n', point: { x: 1, y: 2 } } };
  const frames = { 1: { objects }, 2: { objects }, 4: { objects } };
  const annotations = {
    groups: { Axial: { frames } },
    key_frame_feature_map: map,
  };
  const [{ data }] = normalize(row({ p: { labels: [{ id: 'l', annotations }] } }));
  const at = (frame: number) => ({ frame, group: 'Axial', kind: 'point', point: [1, 2] });
  expect(data.labels[0].annotations[0].keyframes).toEqual([
    at(1),
    { ...at(2), interpolated: true },
    at(4),
  ]);
});

test('unusual members of a frame are kept apart, and not lost', () => {
  const point = { name: 'n', point: { x: 1, y: 2 } };
  const annotations = {
    frames: {
      13: { objects: { g: 'no object', t: { location: { start: 1, end: 2 } } } },
      14: { objects: [point, point] },
      x: { objects: { z: point } },
    },
  };
  const [{ data }] = normalize(row({ p: { labels: [{ id: 'l', annotations }] } }));
  const track = { kind: 'video-track', classifications: [] };
  expect(data.labels[0].annotations).toEqual([
    { ...track, id: 'g', keyframes: [{ frame: 13, kind: 'other', native: 'no object' }] },
    {
      ...track,
      id: 't',
      keyframes: [{ frame: 13, kind: 'other', native: { location: { start: 1, end: 2 } } }],
    },
    { ...track, name: 'n', keyframes: [{ frame: 14, kind: 'point', point: [1, 2] }] },
    { ...track, name: 'n', keyframes: [{ frame: 14, kind: 'point', point: [1, 2] }] },
    { ...track, id: 'z', name: 'n', keyframes: [{ kind: 'point', point: [1, 2] }] },
  ]);
});

test('relationships that name two ends', () => {
  const annotations = {
    relationships: [
      { feature_id: 'r', name: 'of', unidirectional_relationship: { source: 'a', target: 'b' } },
      { name: 'odd' },
    ],
  };
  const [{ data }] = normalize(row({ p: { labels: [{ id: 'l', annotations }] } }));
  expect(data.labels[0].relationships).toEqual([
    { id: 'r', from: 'a', to: 'b', direction: 'unidirectional', labels: ['of'] },
  ]);
});

test.each<[string, object]>([
  ['Point', { coordinates: [13.4, 52.5] }],
  ['MultiPoint', { coordinates: [[13.4, 52.5]] }],
  [
    'LineString',
    {
      coordinates: [
        [13.4, 52.5],
        [13.5, 52.6],
      ],
    },
  ],
  [
    'MultiLineString',
    {
      coordinates: [
        [
          [13.4, 52.5],
          [13.5, 52.6],
        ],
      ],
    },
  ],
  [
    'Polygon',
    {
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
  ],
  [
    'MultiPolygon',
    {
      coordinates: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
    },
  ],
  ['GeometryCollection', { geometries: [{ type: 'Point', coordinates: [13.4, 52.5] }] }],
])('on a map: %s as GeoJSON has it', (type, members) => {
  const geojson = { type, ...members };
  expect(annotation({ feature_id: 'f', geojson })).toEqual({
    id: 'f',
    kind: 'geo',
    geometry: geojson,
    classifications: [],
  });
});

test('two masks are pictures of one shape', () => {
  const composite_mask = { url: 'https://x/all', color_rgb: [1, 2, 3] };
  const object = { feature_id: 'f', mask: { url: 'https://x/m' }, composite_mask };
  expect(annotation(object)).toEqual({
    id: 'f',
    kind: 'mask',
    uri: 'https://x/all',
    colorRgb: [1, 2, 3],
    classifications: [],
    other: { mask: { url: 'https://x/m' } },
  });
});

test.each<[string, object]>([
  ['another shape', { cuboid: { depth: 3 } }],
  ['the name of another shape', { annotation_kind: 'ImageCuboid' }],
])('a mask beside what may be %s is neither', (_, members) => {
  const object = { feature_id: 'f', mask: { url: 'https://x/m' }, ...members };
  expect(annotation(object)).toEqual({
    id: 'f',
    kind: 'other',
    native: object,
    classifications: [],
  });
});
