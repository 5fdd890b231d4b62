import { expect, test } from '@jest/globals';
import { makeLabel } from '../../bench/deliveries/make-label';
import { LARGEST, SIZES } from '../../bench/write-events';

test.each([...SIZES, LARGEST])(
  'a label of %i bytes is that large, and boxes all through',
  (bytes) => {
    const label = makeLabel(bytes);
    expect(Buffer.byteLength(label)).toBe(bytes);
    const { objects } = JSON.parse(JSON.parse(label).label);
    // A box is under 400 bytes, and the rest of a label too.
    expect(objects.length).toBeGreaterThanOrEqual(Math.floor((bytes - 400) / 400));
  },
);
