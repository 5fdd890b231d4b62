import { expect, test } from '@jest/globals';
import { encodeJson } from '../../../lib/json/encode';
import { toLabel } from '../../../lib/platforms/labelbox/v1/label';

/** The length from which a content is read in parts. */
const LONG = 1_048_576;
const AROUND = { id: 'label-1', deleted: false };

const box = (index: number) => ({
  featureId: `feature-${index}`,
  title: index % 2 ? 'a "quoted" name' : 'straße 🚗',
  bbox: { top: index, left: 2, height: 3, width: 4 },
  classifications: [{ featureId: `answer-${index}`, title: 'color', answer: 'red' }],
  unknown: index % 3 ? undefined : { index },
});

const labelOf = (objects: object[], relationships: object[]) =>
  toLabel({
    ...AROUND,
    label: JSON.stringify({ objects, relationships, classifications: [], more: 1 }),
  });

const read = (label: object) => JSON.parse(encodeJson({ labels: [label] }).join('')).labels[0];

test('a label of any length has an annotation for each object, and all that is not understood', () => {
  const objects = Array.from({ length: 8_000 }, (_, index) => box(index));
  // The second has one end, so it becomes an annotation of its own.
  const relationships = [
    { featureId: 'r', data: { source: 'feature-1', target: 'feature-2' } },
    { featureId: 'half', data: { source: 'feature-1' } },
  ];
  expect(JSON.stringify(objects).length).toBeGreaterThan(LONG);
  const short = objects.flatMap((object) => read(labelOf([object], [])).annotations);
  const long = read(labelOf(objects, relationships));
  const half = read(labelOf([], relationships.slice(1))).annotations;
  expect(half).toHaveLength(1);
  expect(long.annotations).toEqual([...short, ...half]);
  expect(long.relationships).toHaveLength(1);
  expect(long.other).toEqual({ more: 1 });
  expect(long.id).toBe('label-1');
});

test('the annotations of a long label are encoded while it is read', () => {
  const objects = Array.from({ length: 8_000 }, (_, index) => box(index));
  const { annotations } = labelOf(objects, []);
  expect(Array.isArray(annotations)).toBe(false);
  expect(JSON.parse(JSON.stringify(annotations))).toHaveLength(8_000);
});
