import { expect, jest, test } from '@jest/globals';
import { Secret } from '../../../lib/platforms/secret';
import { cacheSecrets, type ReadSecrets } from '../../../lib/receive/verify/cache-secrets';
import { prefetchSecrets } from '../../../lib/receive/verify/prefetch-secrets';

const SECRETS = [new Secret('example_secret')];
const store = () => jest.fn<ReadSecrets>(async () => SECRETS);
const CURRENT = { isWhole: false };

test('all sources are read at once, and the first use takes the result', async () => {
  const read = store();
  const secrets = prefetchSecrets(read, ['one', 'other'], () => 0);
  expect(read.mock.calls).toEqual([
    ['one', CURRENT],
    ['other', CURRENT],
  ]);
  await expect(secrets('one', CURRENT)).resolves.toBe(SECRETS);
  expect(read).toHaveBeenCalledTimes(2);
  await secrets('one', CURRENT);
  expect(read).toHaveBeenCalledTimes(3);
});

test('a failed read is repeated as if it had not happened', async () => {
  const read = store().mockRejectedValueOnce(new Error('down'));
  const secrets = cacheSecrets(
    prefetchSecrets(read, ['one'], () => 0),
    () => 0,
  );
  await new Promise(setImmediate);
  await expect(secrets.read('one')).resolves.toEqual({ secrets: SECRETS, isConclusive: false });
  expect(read).toHaveBeenCalledTimes(2);
});

test('no secret, one that is 5 s old, or the current one where all are asked for, is not enough', async () => {
  let now = 0;
  const read = store().mockResolvedValueOnce([]);
  const secrets = prefetchSecrets(read, ['none', 'old', 'whole'], () => now);
  await expect(secrets('none', CURRENT)).resolves.toBe(SECRETS);
  await secrets('whole', { isWhole: true });
  now = 5_000;
  await secrets('old', CURRENT);
  expect(read.mock.calls.slice(3)).toEqual([
    ['none', CURRENT],
    ['whole', { isWhole: true }],
    ['old', CURRENT],
  ]);
});

test('a read without an answer is repeated within a quarter of a second', async () => {
  const read = store().mockReturnValueOnce(new Promise(() => {}));
  const secrets = prefetchSecrets(read, ['one']);
  const began = performance.now();
  await expect(secrets('one', CURRENT)).resolves.toBe(SECRETS);
  expect(performance.now() - began).toBeLessThan(1_000);
});
