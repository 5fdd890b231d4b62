import { readAlarms } from '../../aws/read-alarms';
import type { Check } from '../check';
import { ok, problem, skipped } from '../finding';

/** Checks that no alarm is in the state ALARM. */
export const alarms: Check = async ({ deployment: { config, status }, paste }) => {
  if (status === undefined) return [skipped('alarms', '`npm start` has none')];
  const prefix = `labelrelay-${config.stage}-`;
  const all = await readAlarms(prefix, config);
  const ringing = all.filter(({ state }) => state === 'ALARM');
  if (all.length === 0) {
    return [problem('alarms', 'there are none', paste.osls('deploy --force'))];
  }
  if (ringing.length === 0) return [ok('alarms', `${all.length}, none in alarm`)];
  return ringing.map(({ name }) =>
    problem(
      'alarms',
      `${name} is in alarm`,
      `its page in docs/runbook: ${name.slice(prefix.length)}`,
    ),
  );
};
