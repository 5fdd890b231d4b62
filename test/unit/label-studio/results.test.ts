import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toConfig } from '../../../lib/platforms/label-studio/config';
import { toContent } from '../../../lib/platforms/label-studio/results';

const config = toConfig({
  label_config: `<View>
    <!-- <Choices name="single" choice="multiple"/> -->
    <Audio name="sound" value="$a"/> <AudioPlus name='plus' value='$b'/> <Text name="text" value="$t"/>
    <Choices name="single" toName="text"/> <Choices name="m&amp;m" choice="multiple"/>
    <Choices toName="text" choice="multiple" name="multiple"><Choice value="a > b"/></Choices>
  </View>`,
});
const content = (...results: unknown[]) => JSON.parse(JSON.stringify(toContent(results, config)));
const annotation = (result: object) => content(result).annotations[0];

const image = { original_width: 1000, original_height: 500 };
const rectangle = (value: object, rest: object = image) => ({
  id: 'r',
  type: 'rectanglelabels',
  value: { rectanglelabels: ['Car'], ...value },
  ...rest,
});

/** To a hundred-thousandth of a pixel. */
const close = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'number' ? Math.round(member * 1e5) / 1e5 + 0 : member,
  );

describe('boxes', () => {
  test('percent of the image are pixels', () => {
    // 10% of 1000, 20% of 500, 30% of 1000, 40% of 500
    const box = annotation(rectangle({ x: 10, y: 20, width: 30, height: 40, rotation: 0 }));
    expect(box).toEqual({
      id: 'r',
      name: 'Car',
      kind: 'bbox',
      bbox: [100, 100, 300, 200],
      classifications: [],
    });
  });

  test.each([
    // 300 x 100 pixels at (200, 100). A quarter turn clockwise: the width points down, the height left.
    [
      90,
      [
        [200, 100],
        [200, 400],
        [100, 400],
        [100, 100],
      ],
      [100, 100, 100, 300],
    ],
    // Half a turn: the width points left, the height up.
    [
      180,
      [
        [200, 100],
        [-100, 100],
        [-100, 0],
        [200, 0],
      ],
      [-100, 0, 300, 100],
    ],
    // A quarter turn the other way: the width points up, the height right.
    [
      -90,
      [
        [200, 100],
        [200, -200],
        [300, -200],
        [300, 100],
      ],
      [200, -200, 100, 300],
    ],
    // 30 degrees: cos = 0.8660254, sin = 0.5: along (259.80762, 150), down (-50, 86.60254).
    [
      30,
      [
        [200, 100],
        [459.80762, 250],
        [409.80762, 336.60254],
        [150, 186.60254],
      ],
      [150, 100, 309.80762, 236.60254],
    ],
  ])('turned by %d degrees about the stored corner, in pixels', (rotation, corners, bbox) => {
    const turned = annotation(rectangle({ x: 20, y: 20, width: 30, height: 20, rotation }));
    expect(close(turned)).toMatchObject({ kind: 'bbox', rotation, corners, bbox });
  });

  test('of unknown size stay in percent, without rotation', () => {
    const value = { x: 20, y: 20, width: 30, height: 20, rotation: 90 };
    expect(annotation(rectangle(value, {}))).toEqual({
      id: 'r',
      name: 'Car',
      kind: 'bbox',
      bbox: [20, 20, 30, 20],
      rotation: 90,
      unit: 'percent',
      classifications: [],
    });
  });

  test('whatever the turn, the sides keep their lengths and the box holds the corners', () => {
    const part = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        part,
        part,
        part,
        part,
        fc.integer({ min: 1, max: 359 }),
        (x, y, width, height, rotation) => {
          const { corners, bbox } = annotation(rectangle({ x, y, width, height, rotation }));
          const distance = (a: number, b: number) =>
            Math.hypot(corners[a][0] - corners[b][0], corners[a][1] - corners[b][1]);
          expect(corners[0]).toEqual([x * 10, y * 5]);
          expect(distance(0, 1)).toBeCloseTo(width * 10, 5);
          expect(distance(1, 2)).toBeCloseTo(height * 5, 5);
          expect(distance(3, 0)).toBeCloseTo(height * 5, 5);
          for (const [cx, cy] of corners) {
            expect(cx).toBeGreaterThanOrEqual(bbox[0] - 1e-6);
            expect(cy).toBeLessThanOrEqual(bbox[1] + bbox[3] + 1e-6);
          }
        },
      ),
    );
  });
});

describe('every control tag', () => {
  test.each<[string, object, object]>([
    [
      'ellipselabels',
      { x: 50, y: 50, radiusX: 10, radiusY: 20, rotation: 15, ellipselabels: ['E'] },
      { name: 'E', kind: 'ellipse', center: [500, 250], radii: [100, 100], rotation: 15 },
    ],
    [
      'ellipse',
      { x: 50, y: 50, radiusX: 10, radiusY: 20 },
      { kind: 'ellipse', center: [500, 250], radii: [100, 100], rotation: 0 },
    ],
    [
      'polygonlabels',
      {
        points: [
          [0, 0],
          [100, 0],
          [50, 100],
        ],
        closed: true,
        polygonlabels: ['P', 'Q'],
      },
      {
        name: 'P',
        names: ['P', 'Q'],
        kind: 'polygon',
        points: [
          [0, 0],
          [1000, 0],
          [500, 500],
        ],
      },
    ],
    [
      'keypointlabels',
      { x: 25, y: 50, width: 0.5, keypointlabels: ['K'] },
      { name: 'K', kind: 'point', point: [250, 250], other: { value: { width: 0.5 } } },
    ],
    [
      'bitmasklabels',
      { imageDataURL: 'data:image/png;base64,AA', bitmasklabels: ['B'] },
      { name: 'B', kind: 'mask', uri: 'data:image/png;base64,AA' },
    ],
    [
      'brushlabels',
      { format: 'rle', rle: [1, 2, 3], brushlabels: ['B'] },
      { name: 'B', kind: 'mask', other: { value: { format: 'rle', rle: [1, 2, 3] } } },
    ],
    [
      'vectorlabels',
      {
        vertices: [
          { id: 'a', x: 0, y: 0 },
          { id: 'b', x: 10, y: 10, prevPointId: 'a' },
        ],
        closed: false,
        vectorlabels: ['V'],
      },
      {
        name: 'V',
        kind: 'polyline',
        points: [
          [0, 0],
          [100, 50],
        ],
      },
    ],
    [
      'vectorlabels',
      {
        vertices: [
          { id: 'a', x: 0, y: 0 },
          { id: 'b', x: 10, y: 10, prevPointId: 'a' },
        ],
        closed: true,
      },
      {
        kind: 'polygon',
        points: [
          [0, 0],
          [100, 50],
        ],
      },
    ],
    [
      'labels',
      { start: 3, end: 9, text: 'abcdef', labels: ['PER'] },
      { name: 'PER', kind: 'text-span', start: 3, end: 9, text: 'abcdef' },
    ],
    [
      'labels',
      { start: 1.5, end: 2.25, channel: 0, labels: ['Speech'] },
      { name: 'Speech', kind: 'time-span', start: 1.5, end: 2.25, unit: 's', channel: 0 },
    ],
    [
      'hypertextlabels',
      {
        start: '/p[1]/text()[1]',
        end: '/p[2]/text()[1]',
        startOffset: 4,
        endOffset: 7,
        globalOffsets: { start: 14, end: 57 },
        text: 'x',
        hypertextlabels: ['H'],
      },
      {
        name: 'H',
        kind: 'text-span',
        startPath: '/p[1]/text()[1]',
        endPath: '/p[2]/text()[1]',
        start: 14,
        end: 57,
        text: 'x',
        other: { value: { startOffset: 4, endOffset: 7 } },
      },
    ],
    [
      'paragraphlabels',
      { start: '2', end: '3', startOffset: 0, endOffset: 5, text: 'x', paragraphlabels: ['U'] },
      { name: 'U', kind: 'text-span', startPath: '2', endPath: '3', start: 0, end: 5, text: 'x' },
    ],
    [
      'timeserieslabels',
      { start: 1592250751.951, end: 1592250760, instant: false, timeserieslabels: ['Run'] },
      { name: 'Run', kind: 'time-span', start: 1592250751.951, end: 1592250760 },
    ],
    [
      'timeserieslabels',
      { start: '2020-03-10 00:00', end: '2020-03-11 00:00', timeserieslabels: ['Run'] },
      { name: 'Run', kind: 'time-span', start: '2020-03-10 00:00', end: '2020-03-11 00:00' },
    ],
    [
      'timelinelabels',
      {
        ranges: [
          { start: 1, end: 5 },
          { start: 9, end: 9 },
        ],
        timelinelabels: ['T'],
      },
      {
        name: 'T',
        kind: 'time-span',
        ranges: [
          [1, 5],
          [9, 9],
        ],
        unit: 'frame',
      },
    ],
    [
      'videorectangle',
      {
        framesCount: 10,
        sequence: [
          { frame: 1, enabled: true, x: 10, y: 20, width: 30, height: 40, rotation: 0, time: 0.04 },
          {
            frame: 5,
            enabled: false,
            x: 20,
            y: 20,
            width: 30,
            height: 20,
            rotation: 90,
            time: 0.2,
          },
        ],
        labels: ['Car'],
      },
      {
        name: 'Car',
        kind: 'video-track',
        keyframes: [
          { frame: 1, enabled: true, kind: 'bbox', time: 0.04, bbox: [100, 100, 300, 200] },
          {
            frame: 5,
            kind: 'bbox',
            enabled: false,
            time: 0.2,
            bbox: [100, 100, 100, 300],
            rotation: 90,
            corners: [
              [200, 100],
              [200, 400],
              [100, 400],
              [100, 100],
            ],
          },
        ],
      },
    ],
  ])('%s: %j', (type, value, expected) => {
    const result = { id: 'r', type, value, ...image };
    expect(close(annotation(result))).toEqual({ id: 'r', classifications: [], ...expected });
  });

  test('a polygon that repeats its first point is opened', () => {
    const points = [
      [10, 10],
      [20, 10],
      [20, 20],
      [10, 10],
    ];
    expect(annotation({ type: 'polygonlabels', value: { points }, ...image }).points).toEqual([
      [100, 50],
      [200, 50],
      [200, 100],
    ]);
  });

  test.each([
    ['rectanglelabels', { x: 1 }],
    ['rectanglelabels', { x: 1e307, y: 1, width: 1, height: 1 }],
    ['rectanglelabels', { x: 1, y: 1, width: 1, height: 1, rotation: 1e307 }],
    ['ellipselabels', { x: 1, y: 1, radiusX: 1, radiusY: 1, rotation: 'a lot' }],
    ['polygonlabels', { points: [[1, 2], 'x'] }],
    [
      'vectorlabels',
      {
        vertices: [
          { id: 'a', x: 0, y: 0 },
          { id: 'b', x: 1, y: 1, isBezier: true },
        ],
      },
    ],
    ['chatmessage', { chatmessage: { role: 'user', content: 'hi' } }],
    ['cubelabels', { cubelabels: ['C'], depth: 3 }],
    [undefined, undefined],
  ])('%s that is not understood is passed on: %j', (type, value) => {
    const result = { id: 'r', type, value };
    expect(annotation(result)).toMatchObject({
      id: 'r',
      kind: 'other',
      native: JSON.parse(JSON.stringify(result)),
    });
  });

  test('labels of a sound without a channel are told by its length, or by the configuration', () => {
    const sound = (rest: object) =>
      annotation({ type: 'labels', value: { start: 1, end: 2 }, ...rest });
    expect(sound({ original_length: 10 })).toMatchObject({ kind: 'time-span', unit: 's' });
    expect(sound({ to_name: 'sound' })).toMatchObject({ kind: 'time-span', unit: 's' });
    expect(sound({ to_name: 'plus' })).toMatchObject({ kind: 'time-span', unit: 's' });
    expect(sound({ to_name: 'text' })).toMatchObject({ kind: 'text-span', start: 1, end: 2 });
    const silent = { type: 'labels', value: { start: 1, end: 2, channel: null } };
    expect(annotation(silent)).toMatchObject({ kind: 'text-span' });
  });
});

describe('spoken text', () => {
  test.each<[string, object, object]>([
    ['choices', { choices: ['a'] }, { type: 'radio', answers: [{ name: 'a' }] }],
    ['choices', { choices: 'a' }, { type: 'radio', answers: [{ name: 'a' }] }],
    [
      'choices',
      { choices: ['a', 'b'] },
      { type: 'checklist', answers: [{ name: 'a' }, { name: 'b' }] },
    ],
    [
      'choices',
      { choices: [['x', 'y']] },
      { type: 'radio', answers: [{ name: 'y', path: ['x', 'y'] }] },
    ],
    [
      'taxonomy',
      { taxonomy: [['Eukarya', 'Cat'], ['Bacteria']] },
      {
        type: 'taxonomy',
        answers: [
          { name: 'Cat', path: ['Eukarya', 'Cat'] },
          { name: 'Bacteria', path: ['Bacteria'] },
        ],
      },
    ],
    ['textarea', { text: ['one', 'two'] }, { type: 'text', text: 'one\ntwo' }],
    ['textarea', { text: 'one' }, { type: 'text', text: 'one' }],
    ['rating', { rating: 4 }, { type: 'rating', rating: 4 }],
    ['number', { number: 2.5 }, { type: 'number', number: 2.5 }],
    ['datetime', { datetime: '2024-01-01' }, { type: 'datetime', datetime: '2024-01-01' }],
    ['pairwise', { selected: 'left' }, { type: 'pairwise', selected: 'left' }],
    [
      'ranker',
      { ranker: { rank: ['a', 'b'] } },
      { type: 'ranking', ranking: { rank: ['a', 'b'] } },
    ],
  ])('%s: %j', (type, value, expected) => {
    const said = content({ id: 'c', from_name: 'question', type, value });
    expect(said).toEqual({
      annotations: [],
      classifications: [{ id: 'c', name: 'question', ...expected }],
      relationships: [],
    });
  });

  test('one choice is a checklist when the configuration takes several', () => {
    const type = (from_name: string) =>
      content({ from_name, type: 'choices', value: { choices: ['a'] } }).classifications[0].type;
    expect(type('multiple')).toBe('checklist');
    expect(type('single')).toBe('radio');
    expect(type('m&m')).toBe('checklist');
  });
});

test('results with one id are one annotation: its shape, its classes and its answers', () => {
  const shape = { x: 10, y: 20, width: 30, height: 40, rotation: 0 };
  const results = [
    { id: 'a', from_name: 'text', type: 'textarea', value: { ...shape, text: ['STOP'] }, ...image },
    { id: 'a', from_name: 'box', type: 'rectangle', value: shape, origin: 'manual', ...image },
    {
      id: 'a',
      from_name: 'class',
      type: 'labels',
      value: { ...shape, labels: ['Sign'] },
      ...image,
    },
    {
      id: 'b',
      type: 'keypointlabels',
      value: { x: 1, y: 1, keypointlabels: ['Nose'] },
      parentID: 'a',
      score: 0.5,
      item_index: 2,
      image_rotation: 90,
      ...image,
    },
    { id: 'a', from_id: 'a', to_id: 'b', type: 'relation', direction: 'bi', labels: ['has'] },
    { from_id: 'a', type: 'relation' },
  ];
  expect(content(...results)).toEqual({
    annotations: [
      {
        id: 'a',
        name: 'Sign',
        control: 'class',
        origin: 'manual',
        kind: 'bbox',
        bbox: [100, 100, 300, 200],
        classifications: [{ name: 'text', type: 'text', text: 'STOP' }],
      },
      {
        id: 'b',
        name: 'Nose',
        parentId: 'a',
        score: 0.5,
        itemIndex: 2,
        imageRotation: 90,
        kind: 'point',
        point: [10, 5],
        classifications: [],
      },
      { kind: 'other', native: { from_id: 'a', type: 'relation' }, classifications: [] },
    ],
    classifications: [],
    relationships: [{ id: 'a', from: 'a', to: 'b', direction: 'bi', labels: ['has'] }],
  });
});
