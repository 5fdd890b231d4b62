import { expect, test } from '@jest/globals';
import { isObject } from '../../lib/json/read';
import type { Platform } from '../../lib/platforms/platform';
import { platforms } from '../../lib/platforms/platforms';
import { fixtures } from '../support/fixtures';

/** An object that breaks code which converts unknown values to text or numbers. */
const HOSTILE = JSON.parse('{"toString": 1, "valueOf": 2, "toJSON": 3, "__proto__": 4}');

/** Every body that has the hostile object in place of one member. */
function* poisoned(body: unknown): Generator<unknown> {
  if (typeof body !== 'object' || body === null) return;
  for (const [name, member] of Object.entries(body)) {
    const put = (value: unknown) =>
      Array.isArray(body)
        ? body.map((item, index) => (String(index) === name ? value : item))
        : { ...body, [name]: value };
    yield put(HOSTILE);
    for (const inner of poisoned(member)) yield put(inner);
  }
}

const named = Object.entries(platforms) as [string, Platform][];
test.each(named)('%s: an object in any place breaks nothing', (name, platform) => {
  let tried = 0;
  for (const { body, headers } of fixtures().filter((each) => each.platform === name)) {
    for (const each of poisoned(JSON.parse(body.toString()))) {
      if (!isObject(each)) continue;
      tried++;
      expect(() => platform.normalize(platform.redact(each), headers)).not.toThrow();
    }
  }
  expect(tried).toBeGreaterThan(100);
});
