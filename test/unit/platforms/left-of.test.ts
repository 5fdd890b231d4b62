import { expect, test } from '@jest/globals';
import { labelStudio } from '../../../lib/platforms/label-studio/label-studio';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { Platform } from '../../../lib/platforms/platform';

/** Members that no platform is known to send. Every value but the empty ones says something. */
const unheardOf = { zero: 0, no: false, blank: ' ', list: [''], object: { inner: '' } };
const empty = { text: '', nothing: null, none: [], hollow: {} };
const members = { ...unheardOf, ...empty };

const object = { featureId: 'f', bbox: { left: 1, top: 2, width: 3, height: 4 }, ...members };
const exported = { feature_id: 'f', point: { x: 1, y: 2 }, ...members };
const result = { id: 'f', type: 'keypoint', value: { x: 1, y: 2 }, ...members };

test.each<[string, Platform, object]>([
  ['Labelbox, version 1', labelbox, { id: 'l', label: JSON.stringify({ objects: [object] }) }],
  [
    'Labelbox, version 2',
    labelbox,
    {
      data_row: { id: 'r' },
      projects: { p: { labels: [{ id: 'l', annotations: { objects: [exported] } }] } },
    },
  ],
  [
    'Label Studio',
    labelStudio,
    { action: 'ANNOTATION_CREATED', annotation: { id: 1, result: [result] } },
  ],
])('%s: what is not understood is passed on, unless it is empty', (_, platform, body) => {
  const [draft] = platform.normalize({ ...body }, {});
  const [label] = JSON.parse(JSON.stringify(draft?.data)).labels;
  expect(label.annotations[0].other).toEqual(unheardOf);
});
