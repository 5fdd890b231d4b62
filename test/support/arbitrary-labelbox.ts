import fc from 'fast-check';

/** Placeholders for a text and a number: `unlike` replaces each by a unique value. */
const TEXT = 'text';
const NUMBER = 7;

const text = fc.constant(TEXT);
const number = fc.constant(NUMBER);
const xy = fc.record({ x: number, y: number });
const box = fc.record({ top: number, left: number, height: number, width: number });
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 2 });

/** Any unknown value. */
const unknown = fc.oneof(
  text,
  number,
  fc.record({ inner: text, more: fc.array(number, { maxLength: 2 }) }),
  fc.array(text, { maxLength: 2 }),
);

/** An object with some of the members, and some unknown ones. */
const some = (members: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ ...members, unheardOf: unknown, rotation: unknown }, { requiredKeys: [] });

const v1Answer = some({ featureId: text, schemaId: text, title: text, value: text });
const v1Classification = some({
  featureId: text,
  schemaId: text,
  title: text,
  value: text,
  messageId: text,
  answer: fc.oneof(v1Answer, text, number, list(v1Answer)),
  answers: list(fc.oneof(v1Answer, text)),
  scope: text,
});
const v1Object = some({
  featureId: text,
  schemaId: text,
  title: text,
  value: text,
  color: text,
  bbox: fc.oneof(box, unknown),
  polygon: fc.oneof(fc.array(xy, { minLength: 1, maxLength: 3 }), unknown),
  line: fc.array(fc.record({ x: number, y: number, z: number }), { maxLength: 2 }),
  point: xy,
  data: fc.oneof(
    fc.record({ location: fc.record({ start: number, end: number, messageId: text }) }),
    fc.record({ location: list(fc.record({ 'text-bbox': box })), unit: text }),
    unknown,
  ),
  type: fc.constantFrom('polygon', 'cuboid'),
  kind: fc.constantFrom('Cuboid', 'Mask'),
  format: text,
  version: number,
  geometry: fc.oneof(fc.record({ coordinates: list(number) }), unknown),
  page: number,
  unit: text,
  classifications: fc.oneof(list(v1Classification), list(list(v1Classification))),
});
const v1Relationship = some({
  featureId: text,
  data: some({ source: text, target: text, label: text }),
  relationshipType: text,
  format: text,
  version: number,
});

/** The content of `label` in version 1. */
export const v1Content = some({
  objects: fc.oneof(list(fc.oneof(v1Object, text, number)), text),
  classifications: fc.oneof(list(fc.oneof(v1Classification, text)), text),
  relationships: list(fc.oneof(v1Relationship, text)),
  frames: fc.oneof(text, number),
  Car: fc.oneof(text, list(fc.record({ geometry: list(xy) }))),
});

const v2Answer = some({ feature_id: text, feature_schema_id: text, name: text, value: text });
const said = fc.record({ content: fc.oneof(text, number), unheardOf: unknown });
const v2Classification = some({
  feature_id: text,
  feature_schema_id: text,
  name: text,
  value: text,
  message_id: text,
  radio_answer: fc.oneof(v2Answer, text),
  checklist_answers: list(fc.oneof(v2Answer, text, number)),
  text_answer: said,
  number_answer: fc.record({ value: number }),
});
const location = fc.oneof(
  some({ start: number, end: number, token: text }),
  fc.record({
    groups: list(some({ id: text, page_number: number, tokens: list(text), text })),
  }),
  unknown,
);
const v2Object = some({
  feature_id: text,
  feature_schema_id: text,
  name: text,
  value: text,
  annotation_kind: fc.constantFrom('ImageBoundingBox', 'Cuboid'),
  bounding_box: fc.oneof(box, unknown),
  polygon: fc.oneof(fc.array(xy, { minLength: 1, maxLength: 3 }), list(list(xy))),
  line: list(xy),
  point: fc.oneof(xy, unknown),
  composite_mask: some({ url: text, color_rgb: fc.array(number) }),
  mask: some({ url: text }),
  geojson: fc.oneof(fc.record({ type: fc.constant('Point'), coordinates: list(number) }), unknown),
  location,
  conversational_location: some({ message_id: text, location }),
  page_number: number,
  page_dimensions: fc.record({ width: number, height: number }),
  ranked_messages: fc.record({ ranked_messages: list(fc.record({ message_id: text })) }),
  classifications: list(v2Classification),
});
const v2Relationship = some({
  feature_id: text,
  name: text,
  unidirectional_relationship: some({ source: text, target: text }),
});

/** An object on a frame. The first frame has the class of the track. */
const marked = some({
  bounding_box: box,
  location,
  page_number: number,
  classifications: list(v2Classification),
});
const frame = fc.oneof(
  some({
    objects: fc.oneof(fc.dictionary(fc.constantFrom('a', 'b'), marked), list(marked), text),
    classifications: list(v2Classification),
  }),
  text,
);
const frames = fc.dictionary(fc.nat(99).map(String), frame, { maxKeys: 2 });

/** A map by the ids of features on frames, and by an unused id. */
const byFeature = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom('a', 'b', 'nowhere'), value, { maxKeys: 3 });
const segments = byFeature(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 2 }));
const keyFrames = byFeature(
  fc.oneof(
    fc.dictionary(fc.nat(99).map(String), fc.boolean(), { maxKeys: 2 }),
    fc.uniqueArray(fc.nat(99), { maxLength: 2 }),
  ),
);

/** The content of `annotations` in an exported label. */
export const v2Content = some({
  objects: fc.oneof(list(fc.oneof(v2Object, text)), text),
  classifications: list(fc.oneof(v2Classification, number)),
  relationships: list(fc.oneof(v2Relationship, text)),
  frames: fc.oneof(frames, text),
  groups: fc.dictionary(
    fc.constantFrom('g', 'h'),
    fc.oneof(some({ name: text, frames, classifications: list(v2Classification) }), text),
  ),
  timestamp: fc.dictionary(
    fc.constantFrom('1500', '2400', 'x'),
    fc.oneof(some({ classifications: list(v2Classification) }), text),
  ),
  segments: fc.oneof(text, fc.oneof(segments, fc.dictionary(fc.constantFrom('g', 'h'), segments))),
  key_frame_feature_map: fc.oneof(keyFrames, fc.dictionary(fc.constantFrom('g', 'h'), keyFrames)),
});

/** Replaces every text and number by one that occurs nowhere else. */
export function unlike<T>(value: T): T {
  let count = 1_000;
  return JSON.parse(JSON.stringify(value), (_, member) => {
    if (member !== TEXT && member !== NUMBER) return member;
    // The end of a text span is one higher in its event, so that number must be unused too.
    count += 3;
    return member === TEXT ? `t${count}` : count;
  });
}
