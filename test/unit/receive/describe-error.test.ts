import { expect, test } from '@jest/globals';
import { LabelrelayError } from '../../../lib/errors';
import { describeError } from '../../../lib/receive/log/describe-error';

test('our own error shows its message, a foreign one only where it was thrown', () => {
  const foreign = new TypeError('SECRET\n    at SECRET\n    at SECRET (x:1:1)');
  const described = describeError(new LabelrelayError('unavailable', 'known', { cause: foreign }));
  expect(described).toMatchObject({
    code: 'unavailable',
    message: 'known',
    cause: { name: 'TypeError', at: expect.arrayContaining([expect.stringContaining('    at ')]) },
  });
  expect(JSON.stringify(described)).not.toContain('SECRET');
});

test('a name that a service made up is not repeated, and anything can be thrown', () => {
  const odd = Object.assign(new Error(''), { name: 'SECRET is odd' });
  expect(JSON.stringify(describeError(odd))).not.toContain('SECRET');
  expect(describeError('SECRET')).toEqual({ name: 'string' });
  expect(describeError(undefined)).toEqual({ name: 'undefined' });
});
