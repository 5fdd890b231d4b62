import type { Check } from '../check';
import { ok, skipped, warning } from '../finding';

/** Checks that the last deploy succeeded. */
export const stack: Check = async ({ deployment: { status, config }, paste }) => {
  if (status === undefined) return [skipped('stack', '`npm start` has none')];
  const name = `labelrelay-${config.stage}`;
  return /^(CREATE|UPDATE)_COMPLETE$/.test(status)
    ? [ok('stack', `${name} is ${status}`)]
    : [warning('stack', `${name} is ${status}`, paste.osls('deploy'))];
};
