import fc from 'fast-check';

/** Words and numbers that are most likely unique, since the test searches for them afterwards. */
const word = fc.integer({ min: 0, max: 1e9 }).map((number) => `w${number.toString(36)}`);
const number = fc.integer({ min: 1_000, max: 1e9 });
const few = { maxLength: 2 };
const classes = fc.array(word, few);
const members = (model: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
  fc.record(model, { requiredKeys });

const box = { x: number, y: number, width: number, height: number };
const moment = { frame: number, time: number, enabled: fc.boolean() };
const vertices = (count: number) =>
  Array.from({ length: count }, (_, index) => index).map((index) =>
    members(
      {
        id: fc.constant(`v${index}`),
        x: number,
        y: number,
        prevPointId: fc.constantFrom(index === 0 ? null : `v${index - 1}`, null, undefined),
        isBezier: fc.constantFrom(false, false, true),
        controlPoint1: fc.record({ x: number, y: number }),
      },
      ['id', 'x', 'y'],
    ),
  );
const path = fc
  .integer({ min: 0, max: 3 })
  .chain((count) =>
    members({ vertices: fc.tuple(...vertices(count)), closed: fc.boolean() }, ['vertices']),
  );

const offsets = { start: number, end: number, text: word };
const spanByPath = {
  start: word,
  end: word,
  startOffset: number,
  endOffset: number,
  globalOffsets: members({ start: number, end: number }),
  text: word,
};
const sound = { start: number, end: number, channel: number };
const ranges = { ranges: fc.array(members({ start: number, end: number }, ['start', 'end']), few) };
const video = { framesCount: number, duration: number };
const boxTrack = {
  ...video,
  sequence: fc.array(members({ ...moment, ...box }, Object.keys(box)), few),
};
const pathTrack = {
  ...video,
  sequence: fc.array(
    fc.tuple(members(moment), path).map(([when, where]) => ({ ...when, ...where })),
    few,
  ),
};

/** Possible positions by control tag. */
const PLACES: Readonly<Record<string, Record<string, fc.Arbitrary<unknown>>>> = {
  rectangle: box,
  ocr: { ...box, ocrtext: word, pageIndex: number },
  ellipse: { x: number, y: number, radiusX: number, radiusY: number, rotation: number },
  polygon: { points: fc.array(fc.tuple(number, number), few), closed: fc.boolean() },
  keypoint: { x: number, y: number, width: number },
  brush: { format: fc.constant('rle'), rle: fc.array(fc.nat(255), few) },
  magicwand: { format: fc.constant('rle'), rle: fc.array(fc.nat(255), few) },
  bitmask: { imageDataURL: word },
  hypertext: spanByPath,
  paragraph: spanByPath,
  timeseries: { start: fc.oneof(number, word), end: number, instant: fc.boolean() },
  timeline: ranges,
  videorectangle: boxTrack,
  videovector: pathTrack,
  cube: { ...box, depth: number },
  reactcode: { reactcode: fc.oneof(word, classes) },
  chatmessage: { chatmessage: fc.record({ role: word, content: word }) },
};
const place = fc.oneof(
  ...Object.values({ ...PLACES, offsets, sound }).map((model) => members(model)),
  path,
);

const ANSWERS: Readonly<Record<string, Record<string, fc.Arbitrary<unknown>>>> = {
  choices: { choices: fc.oneof(classes, fc.array(classes, few), word) },
  taxonomy: { taxonomy: fc.array(classes, few) },
  textarea: { text: fc.oneof(classes, word) },
  rating: { rating: number },
  number: { number },
  datetime: { datetime: word },
  pairwise: { selected: fc.constantFrom('left', 'right') },
  ranker: { ranker: fc.oneof(classes, fc.dictionary(word, classes, { maxKeys: 2 })) },
};

const mark = fc.oneof(
  ...Object.entries(PLACES).flatMap(([type, model]) =>
    [type, `${type}labels`].map((name) =>
      fc.record({
        type: fc.constant(name),
        value: members({ ...model, [name]: classes, labels: classes }),
      }),
    ),
  ),
  path.map((value) => ({ type: 'vector', value })),
  fc.record({
    type: fc.constant('labels'),
    value: fc
      .tuple(place, members({ labels: classes }))
      .map(([where, what]) => ({ ...where, ...what })),
  }),
);
const answer = fc.oneof(
  ...Object.entries(ANSWERS).map(([type, model]) =>
    fc.record({
      type: fc.constant(type),
      value: fc
        .tuple(fc.option(place, { nil: {} }), members(model))
        .map(([where, what]) => ({ ...where, ...what })),
    }),
  ),
);
const around = members(
  {
    from_name: word,
    to_name: word,
    origin: fc.constantFrom('manual', 'prediction', 'prediction-changed'),
    score: number,
    parentID: word,
    item_index: fc.nat(9_999),
    image_rotation: number,
    original_length: number,
    meta: fc.record({ text: classes }),
    unheard: fc.oneof(word, number, classes),
  },
  ['from_name', 'to_name'],
);
const relation = members(
  {
    id: word,
    from_id: fc.oneof(word, number),
    to_id: word,
    direction: word,
    labels: fc.array(fc.oneof(word, number), few),
    meta: word,
  },
  ['from_id'],
).map((result) => ({ ...result, type: 'relation' }));

/** Results in which a member has an unexpected type, or that have an extra member. */
const disturbed = fc
  .tuple(
    fc.oneof(mark, answer),
    fc.nat(),
    fc.oneof(word, number, classes, fc.constant(null)),
    fc.nat(3),
  )
  .map(([{ type, value }, at, other, kind]) => {
    const names = Object.keys(value);
    const name = kind === 0 ? names[at % Math.max(names.length, 1)] : 'unheard';
    return { type, value: kind < 2 ? { ...value, [name ?? 'unheard']: other } : value };
  });

/**
 * The results of an annotation, on pictures of 100 x 100 pixels: percent are pixels.
 *
 * @param id the ids of regions
 */
export const arbitraryResults = (id: fc.Arbitrary<string>) =>
  fc.array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .tuple(disturbed, around, fc.option(id, { nil: undefined }))
          .map(([result, rest, of]) => ({
            ...result,
            ...rest,
            id: of,
            original_width: 100,
            original_height: 100,
          })),
      },
      { weight: 1, arbitrary: relation },
      { weight: 1, arbitrary: fc.oneof(word, number) },
    ),
    { maxLength: 5 },
  );
