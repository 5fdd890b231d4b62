import { expect, test } from '@jest/globals';
import { moment } from '../../../cli/command/parse';

test.each(['30000d', '99999999d', '9999999999999d'])(
  'a moment so long ago is not before 1970: %s',
  (ago) => {
    expect(moment(ago).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  },
);

test.each(['2026-02-31', '2026-01-31T12:00:00', '-2h', 'yesterday', ''])(
  'what is no moment is refused: %s',
  (text) => {
    expect(() => moment(text)).toThrow('Expected a moment such as');
  },
);
