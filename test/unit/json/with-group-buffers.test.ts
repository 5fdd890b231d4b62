import { expect, test } from '@jest/globals';
import { AdjacentGroups } from '../../../lib/json/long/group/adjacent-groups';
import { type GroupBuffer, NotAdjacent } from '../../../lib/json/long/group/group-buffer';
import { ScatteredGroups } from '../../../lib/json/long/group/scattered-groups';
import { withGroupBuffers } from '../../../lib/json/long/group/with-group-buffers';
import { LONG_LIMITS } from '../../../lib/json/long/placeholder';
import { MemoryOverflow } from '../../support/memory-overflow';

const by = { key: String, head: () => null, part: () => 1 };

/** The buffers of each attempt, which does the work with them. */
async function attempts(work: (buffer: GroupBuffer) => unknown) {
  const buffers: GroupBuffer[] = [];
  const result = withGroupBuffers(LONG_LIMITS, new MemoryOverflow(), async (toBuffer) => {
    const buffer = toBuffer(by);
    buffers.push(buffer);
    return work(buffer);
  });
  return { buffers, result: await result.catch((error: unknown) => ({ error })) };
}

test('work with adjacent items is done once', async () => {
  const { buffers, result } = await attempts(() => 'done');
  expect(result).toBe('done');
  expect(buffers).toEqual([expect.any(AdjacentGroups)]);
});

test('work with other items is done again, with buffers that collect them', async () => {
  const { buffers, result } = await attempts((buffer) => {
    for (const item of ['a', 'b', 'a']) buffer.add(item, 1);
    return 'done';
  });
  expect(result).toBe('done');
  expect(buffers).toEqual([expect.any(AdjacentGroups), expect.any(ScatteredGroups)]);
});

test('an item of a group may be as long as an item may be, before it is collected in another way', async () => {
  const { itemLength } = LONG_LIMITS;
  const { buffers } = await attempts((buffer) => {
    buffer.add('a', itemLength);
    buffer.add('a', 1);
  });
  expect(buffers).toHaveLength(1);
  const longer = await attempts((buffer) => {
    buffer.add('a', itemLength + 1);
    buffer.add('a', 1);
  });
  expect(longer.buffers).toHaveLength(2);
});

test('any other error is thrown, and the work is not done again', async () => {
  const error = new Error('broken');
  const broken = await attempts(() => Promise.reject(error));
  expect(broken.result).toEqual({ error });
  expect(broken.buffers).toHaveLength(1);
});

test('an error of the second attempt is thrown', async () => {
  const error = new NotAdjacent();
  const { buffers, result } = await attempts(() => Promise.reject(error));
  expect(result).toEqual({ error });
  expect(buffers).toHaveLength(2);
});
