import { expect, test } from '@jest/globals';
import { memoryObjects } from '../../../lib/label-store/memory-objects';
import { deleteOldObjects, objectKey } from '../../../lib/label-store/objects';

test('the object of a newer version stays: another worker may be about to point to it', async () => {
  const objects = memoryObjects();
  const key = '/labelbox/label/a';
  const [old, own, newer] = ['1', '2', '3'].map((sequence) =>
    objectKey(key, { sequence, id: 'e' }),
  );
  for (const object of [old, own, newer]) await objects.put(object ?? '', Buffer.from('body'));
  await deleteOldObjects(objects, { key, sequence: '2', id: 'e', object: own });
  expect([...objects.bodies.keys()].sort()).toEqual([own, newer].sort());
  await deleteOldObjects(objects, { key, sequence: '2', id: 'e' });
  expect([...objects.bodies.keys()]).toEqual([newer]);
});
