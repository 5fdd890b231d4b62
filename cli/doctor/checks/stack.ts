import { ok, skipped, warning } from '../finding';
import type { Check } from '../patient';

/** Whether the last deploy went through. */
export const stack: Check = async ({ deployment: { status, config }, paste }) => {
  if (status === undefined) return [skipped('stack', 'there is none: this is `npm start`')];
  const name = `labelrelay-${config.stage}`;
  return /^(CREATE|UPDATE)_COMPLETE$/.test(status)
    ? [ok('stack', `${name} is ${status}`)]
    : [warning('stack', `${name} is ${status}`, paste.osls('deploy'))];
};
