import { describe, expect, test } from '@jest/globals';
import type { LabelData } from '../../../lib/events/types';
import { labelStudio } from '../../../lib/platforms/label-studio/label-studio';
import { pack } from '../../support/pack-brush';

const CONFIG = `<View>
  <Image name="image" value="$image"/> <Video name="film" value="$film"/> <TimeSeries name="series" value="$csv"/>
  <Repeater on="$pictures"><Image name="picture_{{idx}}" value="$pictures[{{idx}}]"/></Repeater>
</View>`;

/** The normalized results of an annotation. */
function dataOf(...result: unknown[]): LabelData {
  const project = { id: 7, label_config: CONFIG };
  const body = { action: 'ANNOTATION_CREATED', annotation: { id: 1, task: 2, result }, project };
  const [draft] = labelStudio.normalize(body, {});
  return JSON.parse(JSON.stringify(draft?.data));
}
const labelOf = (...result: unknown[]) => dataOf(...result).labels?.[0];

const image = { original_width: 1_000, original_height: 500, to_name: 'image' };
const vertices = [
  { id: 'a', x: 0, y: 0, prevPointId: null, isBezier: false },
  { id: 'b', x: 10, y: 20, prevPointId: 'a', isBezier: false },
];

/** A place of each kind, and what it is. */
const PLACES: readonly [string, object, object][] = [
  [
    'box',
    { x: 10, y: 20, width: 30, height: 40, rotation: 0 },
    { kind: 'bbox', bbox: [100, 100, 300, 200] },
  ],
  [
    'ellipse',
    { x: 50, y: 50, radiusX: 10, radiusY: 20, rotation: 0 },
    { kind: 'ellipse', center: [500, 250], radii: [100, 100], rotation: 0 },
  ],
  [
    'polygon',
    {
      points: [
        [0, 0],
        [10, 0],
        [10, 20],
      ],
      closed: true,
    },
    {
      kind: 'polygon',
      points: [
        [0, 0],
        [100, 0],
        [100, 100],
      ],
    },
  ],
  [
    'open polygon',
    {
      points: [
        [0, 0],
        [10, 0],
        [0, 0],
      ],
      closed: false,
    },
    {
      kind: 'polyline',
      points: [
        [0, 0],
        [100, 0],
        [0, 0],
      ],
    },
  ],
  ['key point', { x: 25, y: 50 }, { kind: 'point', point: [250, 250] }],
  [
    'vector',
    { vertices, closed: false },
    {
      kind: 'polyline',
      points: [
        [0, 0],
        [100, 100],
      ],
    },
  ],
  [
    'bitmask',
    { imageDataURL: 'data:image/png;base64,AA' },
    { kind: 'mask', uri: 'data:image/png;base64,AA' },
  ],
  ['text', { start: 3, end: 9 }, { kind: 'text-span', start: 3, end: 9 }],
  [
    'page',
    { start: '/p[1]', end: '/p[2]', globalOffsets: { start: 4, end: 9 } },
    { kind: 'text-span', start: 4, end: 9, startPath: '/p[1]', endPath: '/p[2]' },
  ],
  [
    'dialogue',
    { start: '0', end: '1', startOffset: 2, endOffset: 5 },
    { kind: 'text-span', start: 2, end: 5, startPath: '0', endPath: '1' },
  ],
  [
    'sound',
    { start: 1.5, end: 2, channel: 1 },
    { kind: 'time-span', start: 1.5, end: 2, unit: 's', channel: 1 },
  ],
  ['time series', { start: 1, end: 2, instant: false }, { kind: 'time-span', start: 1, end: 2 }],
  [
    'timeline',
    { ranges: [{ start: 1, end: 5 }] },
    { kind: 'time-span', ranges: [[1, 5]], unit: 'frame' },
  ],
  [
    'boxes of a video',
    { sequence: [{ frame: 1, enabled: true, time: 0.04, x: 10, y: 20, width: 30, height: 40 }] },
    {
      kind: 'video-track',
      keyframes: [
        { frame: 1, enabled: true, time: 0.04, kind: 'bbox', bbox: [100, 100, 300, 200] },
      ],
    },
  ],
  [
    'paths of a video',
    { sequence: [{ frame: 1, vertices, closed: true }] },
    {
      kind: 'video-track',
      keyframes: [
        {
          frame: 1,
          kind: 'polygon',
          points: [
            [0, 0],
            [100, 100],
          ],
        },
      ],
    },
  ],
];

const ANSWERS: readonly [string, object, object][] = [
  ['textarea', { text: ['one', 'two'] }, { type: 'text', text: 'one\ntwo' }],
  ['choices', { choices: ['a'] }, { type: 'radio', answers: [{ name: 'a' }] }],
  [
    'taxonomy',
    { taxonomy: [['a', 'b']] },
    { type: 'taxonomy', answers: [{ name: 'b', path: ['a', 'b'] }] },
  ],
  ['rating', { rating: 4 }, { type: 'rating', rating: 4 }],
  ['number', { number: 2.5 }, { type: 'number', number: 2.5 }],
  ['datetime', { datetime: '2026-01-01' }, { type: 'datetime', datetime: '2026-01-01' }],
];

describe.each(PLACES)('a region of answers alone: %s', (_, place, shape) => {
  test.each(ANSWERS)('%s', (type, answer, said) => {
    const result = { id: 'r', from_name: 'q', type, value: { ...place, ...answer }, ...image };
    expect(labelOf(result)).toMatchObject({
      annotations: [
        { id: 'r', target: 'image', ...shape, classifications: [{ name: 'q', ...said }] },
      ],
      classifications: [],
    });
    expect(labelOf(result)?.annotations?.[0]).not.toHaveProperty('other');
  });

  test('classes that repeat it', () => {
    const labels = { id: 'r', from_name: 'l', type: 'labels', value: { ...place, labels: ['A'] } };
    expect(labelOf({ ...labels, ...image })?.annotations).toEqual([
      { id: 'r', name: 'A', control: 'l', target: 'image', ...shape, classifications: [] },
    ]);
  });
});

test('several answers of one region are one annotation', () => {
  const place = { x: 10, y: 20, width: 30, height: 40, rotation: 0 };
  const about = { id: 'r', origin: 'prediction', score: 0.5, meta: { note: ['n'] }, ...image };
  const results = [
    { ...about, from_name: 'read', type: 'textarea', value: { ...place, text: ['STOP'] } },
    { ...about, from_name: 'sort', type: 'choices', value: { ...place, choices: ['sign'] } },
    // Without the place.
    { id: 'r', from_name: 'stars', type: 'rating', value: { rating: 3 } },
  ];
  expect(labelOf(...results)?.annotations).toEqual([
    {
      id: 'r',
      origin: 'prediction',
      score: 0.5,
      target: 'image',
      kind: 'bbox',
      bbox: [100, 100, 300, 200],
      classifications: [
        { name: 'read', type: 'text', text: 'STOP', other: { meta: { note: ['n'] } } },
        { name: 'sort', type: 'radio', answers: [{ name: 'sign' }] },
        { name: 'stars', type: 'rating', rating: 3 },
      ],
    },
  ]);
});

test('the text that is marked is found, whatever answer comes first', () => {
  const place = { start: 0, end: 6 };
  const results = [
    { id: 'r', from_name: 'note', type: 'textarea', value: { ...place, text: ['a city'] } },
    {
      id: 'r',
      from_name: 'sort',
      type: 'choices',
      value: { ...place, text: 'Lisbon', choices: ['x'] },
    },
  ];
  expect(labelOf(...results)?.annotations).toEqual([
    {
      id: 'r',
      kind: 'text-span',
      start: 0,
      end: 6,
      text: 'Lisbon',
      classifications: [
        { name: 'note', type: 'text', text: 'a city' },
        { name: 'sort', type: 'radio', answers: [{ name: 'x' }] },
      ],
    },
  ]);
});

test.each<[string, unknown]>([
  ['reactcode', 'done'],
  ['reactcode', ['a', 'b']],
  ['chatmessage', { role: 'user', content: 'hi', createdAt: 1757612212681 }],
])('what is made under the name of its type is no class: %s %j', (type, made) => {
  const result = { id: 'r', from_name: 'q', to_name: 'q', type, value: { [type]: made } };
  const stars = { ...result, from_name: 'stars', type: 'rating' };
  const answer = { ...stars, value: { ...result.value, rating: 4 } };
  expect(labelOf(result, answer)?.annotations).toEqual([
    {
      id: 'r',
      control: 'q',
      target: 'q',
      kind: 'other',
      native: result,
      classifications: [{ name: 'stars', type: 'rating', rating: 4 }],
    },
  ]);
});

test.each(['labels', 'choices'])('a stretch of a video has no characters: %s', (type) => {
  const value = { start: 1.5, end: 2, [type]: ['Run'] };
  expect(labelOf({ id: 'r', type, to_name: 'film', value })?.annotations).toMatchObject([
    { kind: 'time-span', start: 1.5, end: 2 },
  ]);
});

test.each([null, 5, 'x', [], [{}]])('a result that is no object is passed on: %j', (item) => {
  const region = { id: 'r', type: 'timeline', value: { ranges: [] } };
  expect(labelOf(item, region)?.annotations).toEqual([
    { id: 'r', kind: 'time-span', ranges: [], unit: 'frame', classifications: [] },
    { kind: 'other', native: item, classifications: [] },
  ]);
});

test.each([{ a: 1 }, 'text', 7])('results that are no list are passed on: %j', (result) => {
  const body = { action: 'ANNOTATION_CREATED', annotation: { id: 1, result } };
  const [draft] = labelStudio.normalize(body, {});
  expect(draft?.data).toMatchObject({ labels: [{ other: { result } }] });
});

test('a stretch of an object that the config knows as a time series has no unit', () => {
  const value = { start: 1, end: 2, labels: ['Run'] };
  const result = { id: 'r', type: 'labels', to_name: 'series', value };
  expect(labelOf(result)?.annotations).toEqual([
    {
      id: 'r',
      name: 'Run',
      target: 'series',
      kind: 'time-span',
      start: 1,
      end: 2,
      classifications: [],
    },
  ]);
});

describe('paths', () => {
  const vector = (more: object[], closed = false) =>
    labelOf({
      id: 'r',
      type: 'vectorlabels',
      value: { vertices: [...vertices, ...more], closed },
      ...image,
    })?.annotations?.[0];

  test('in several pieces are not joined', () => {
    const piece = { id: 'c', x: 50, y: 50, prevPointId: null };
    expect(vector([piece])).toMatchObject({ kind: 'other', native: { type: 'vectorlabels' } });
  });
  test.each([
    ['branch', { id: 'c', x: 50, y: 50, prevPointId: 'a' }],
    ['bend', { id: 'c', x: 50, y: 50, prevPointId: 'b', isBezier: true }],
  ])('that %s are passed on', (_, vertex) => {
    expect(vector([vertex])).toMatchObject({ kind: 'other' });
  });
  test('open and closed', () => {
    expect(vector([{ id: 'c', x: 50, y: 50 }])?.kind).toBe('polyline');
    expect(vector([{ id: 'c', x: 50, y: 50 }], true)?.kind).toBe('polygon');
  });
  test('key frames with the same vertices need no ids', () => {
    const sequence = [
      { frame: 1, vertices },
      { frame: 9, vertices: vertices.map((vertex) => ({ ...vertex, x: vertex.x + 10 })) },
    ];
    const track = labelOf({ id: 'r', type: 'videovector', value: { sequence }, ...image });
    expect(track?.annotations?.[0]).toMatchObject({
      keyframes: [
        {
          frame: 1,
          points: [
            [0, 0],
            [100, 100],
          ],
        },
        {
          frame: 9,
          points: [
            [100, 0],
            [200, 100],
          ],
        },
      ],
    });
    expect(JSON.stringify(track)).not.toContain('other');
  });
});

test('OCR: the page, the text, the class', () => {
  const place = { x: 10, y: 20, width: 30, height: 40, rotation: 0 };
  const value = { ...place, ocrtext: 'Total', ocrlabels: ['Amount'], pageIndex: 2 };
  const result = { id: 'r', from_name: 'ocr', type: 'ocrlabels', value, ...image };
  expect(labelOf(result)?.annotations).toEqual([
    {
      id: 'r',
      name: 'Amount',
      control: 'ocr',
      target: 'image',
      page: 2,
      kind: 'bbox',
      bbox: [100, 100, 300, 200],
      classifications: [{ name: 'ocrtext', type: 'text', text: 'Total' }],
    },
  ]);
});

// https://labelstud.io/tags/pdf: x, y, width and height go from 0 to 1 of the page.
test.each<[string, object, object]>([
  ['a size that nobody knows', {}, { bbox: [0.25, 0.5, 0.5, 0.125], unit: 'page' }],
  [
    '600 x 800',
    { original_width: 600, original_height: 800 },
    { bbox: [0.25 * 600, 0.5 * 800, 0.5 * 600, 0.125 * 800] },
  ],
])('on a page of %s', (_, size, expected) => {
  const value = { x: 0.25, y: 0.5, width: 0.5, height: 0.125, rotation: 0, pageIndex: 3 };
  const results = [
    { id: 'r', type: 'ocrlabels', value: { ...value, ocrlabels: ['Amount'] }, ...size },
    { id: 's', type: 'textarea', value: { ...value, text: ['Total'] }, ...size },
  ];
  const place = { page: 3, kind: 'bbox', ...expected };
  expect(labelOf(...results)?.annotations).toEqual([
    { id: 'r', name: 'Amount', ...place, classifications: [] },
    { id: 's', ...place, classifications: [{ type: 'text', text: 'Total' }] },
  ]);
});

test.each(['magicwand', 'brush', 'brushlabels', 'labels'])('%s: the mask of a brush', (type) => {
  // Two pixels side by side, of which the right one is set.
  const rle = pack([0, 0, 0, 0, 0, 0, 0, 255]);
  const value = { format: 'rle', rle, brushlabels: ['Cloud'] };
  const result = { id: 'r', type, value, original_width: 2, original_height: 1 };
  expect(labelOf(result)?.annotations).toEqual([
    {
      id: 'r',
      name: 'Cloud',
      kind: 'mask',
      rle: { size: [1, 2], counts: [1, 1] },
      classifications: [],
    },
  ]);
});

test.each([
  ['rectanglelabels', { labels: ['A'] }, ['A']],
  ['rectanglelabels', { rectanglelabels: [], polygonlabels: ['A', 'B'] }, ['A', 'B']],
  ['rectanglelabels', { rectanglelabels: 'A' }, ['A']],
  ['rectangle', { labels: ['A'] }, ['A']],
  ['hypertextlabels', { htmllabels: ['A'] }, ['A']],
  ['videorectangle', { labels: ['A'] }, ['A']],
  ['videovectorlabels', { videovectorlabels: ['A'] }, ['A']],
  ['timelinelabels', { labels: ['A'] }, ['A']],
  ['textarea', { labels: ['A'], text: 'said' }, ['A']],
  ['choices', { choices: ['no class'] }, []],
])('classes of %s in %j', (type, classes, names) => {
  const place = { x: 1, y: 1, width: 1, height: 1, start: 1, end: 2, ranges: [], sequence: [] };
  const [annotation] =
    labelOf({ id: 'r', type, value: { ...place, ...classes } })?.annotations ?? [];
  expect(annotation?.names ?? (annotation?.name ? [annotation.name] : [])).toEqual(names);
});

describe('answers to the whole task', () => {
  test.each([
    ['textarea', { text: ['a'] }, { type: 'text', text: 'a' }],
    ['number', { number: 0 }, { type: 'number', number: 0 }],
    ['rating', { rating: 5 }, { type: 'rating', rating: 5 }],
    ['datetime', { datetime: '2026' }, { type: 'datetime', datetime: '2026' }],
    [
      'taxonomy',
      { taxonomy: [['a']] },
      { type: 'taxonomy', answers: [{ name: 'a', path: ['a'] }] },
    ],
  ])('%s says which picture it is about', (type, value, said) => {
    const about = { from_name: 'q', to_name: 'image', type, origin: 'manual' };
    const results = [
      { ...about, id: 'a', item_index: 0, value },
      { ...about, id: 'b', value: { ...value, item_index: 1 } },
    ];
    expect(labelOf(...results)).toMatchObject({
      annotations: [],
      classifications: [
        { id: 'a', name: 'q', target: 'image', itemIndex: 0, ...said },
        { id: 'b', name: 'q', target: 'image', itemIndex: 1, ...said },
      ],
    });
  });

  test.each([
    ['choices', 'choices', { type: 'radio', answers: [] }],
    ['taxonomy', 'taxonomy', { type: 'taxonomy', answers: [] }],
    ['textarea', 'text', { type: 'text' }],
    ['rating', 'rating', { type: 'rating' }],
    ['number', 'number', { type: 'number' }],
    ['datetime', 'datetime', { type: 'datetime' }],
    ['pairwise', 'selected', { type: 'pairwise' }],
    ['ranker', 'ranker', { type: 'ranking' }],
  ])('%s that was cleared says nothing', (type, member, said) => {
    for (const value of [{ [member]: null }, {}, null, undefined]) {
      expect(labelOf({ id: 'c', from_name: 'q', type, value })?.classifications).toEqual([
        { id: 'c', name: 'q', ...said },
      ]);
    }
  });

  test.each([
    ['choices', { choices: [{ a: 1 }] }],
    ['choices', 'a'],
    ['taxonomy', { taxonomy: [[]] }],
    ['textarea', { text: [null] }],
    ['rating', { rating: 'five' }],
    ['number', { number: '3' }],
    ['datetime', { datetime: 3 }],
    ['pairwise', { selected: 1 }],
  ])('%s that is not understood is passed on: %j', (type, value) => {
    const result = { id: 'c', from_name: 'q', type, value };
    expect(labelOf(result)?.classifications).toEqual([
      { id: 'c', name: 'q', type: 'other', native: result },
    ]);
  });

  test('predictions keep their score and origin', () => {
    const result = {
      id: 'c',
      type: 'rating',
      value: { rating: 1 },
      score: 0.9,
      origin: 'prediction',
    };
    expect(labelOf(result)?.classifications?.[0]?.other).toEqual({
      score: 0.9,
      origin: 'prediction',
    });
  });
});

describe('media', () => {
  const box = (more: object) => ({ type: 'rectangle', value: { x: 1 }, ...more });
  const media = (...results: object[]) => dataOf(...results).dataRow?.media;

  test.each<[string, object[], object | undefined]>([
    ['agreed', [box(image), box(image), {}], { width: 1_000, height: 500 }],
    ['not agreed', [box(image), box({ ...image, original_width: 9 })], { height: 500 }],
    ['none', [box({})], undefined],
    ['no size', [box({ original_width: '1000', original_height: 0 })], undefined],
    ['a sound', [{ type: 'labels', original_length: 12.5, value: {} }], { duration: 12.5 }],
    [
      'a video',
      [{ type: 'videorectangle', value: { framesCount: 50, duration: 2 }, ...image }],
      { width: 1_000, height: 500, frameCount: 50, duration: 2 },
    ],
    [
      'several pictures',
      [
        box({ ...image, item_index: 1 }),
        box({ item_index: 0, original_width: 2, original_height: 3 }),
        box({ item_index: 2 }),
      ],
      {
        items: [
          { index: 0, width: 2, height: 3 },
          { index: 1, width: 1_000, height: 500 },
        ],
      },
    ],
    [
      'pictures of a repeater',
      [
        box({ to_name: 'picture_4', original_width: 2, original_height: 3 }),
        box({ to_name: 'picture_0', original_width: 4, original_height: 5 }),
      ],
      {
        items: [
          { index: 0, width: 4, height: 5 },
          { index: 4, width: 2, height: 3 },
        ],
      },
    ],
  ])('%s', (_, results, expected) => {
    expect(media(...results)).toEqual(expected);
  });
});

test('members of an annotation that nobody knows yet, and metadata of its task', () => {
  const annotation = { id: 1, result: [], unique_id: 'u', mood: 'good', nothing: null };
  const task = { id: 2, meta: { city: 'Bonn', year: 2026 } };
  const [draft] = labelStudio.normalize({ action: 'ANNOTATION_CREATED', annotation, task }, {});
  const data = draft?.data as LabelData;
  expect(data.labels?.[0]?.other).toEqual({ mood: 'good' });
  expect(data.dataRow?.metadata).toEqual([
    { name: 'city', value: 'Bonn' },
    { name: 'year', value: 2026 },
  ]);
});
