import { readAlarms } from '../../aws/read-alarms';
import { ok, problem, skipped } from '../finding';
import type { Check } from '../patient';

/** Whether an alarm has gone off. */
export const alarms: Check = async ({ deployment: { config, status }, paste }) => {
  if (status === undefined) return [skipped('alarms', 'there are none of `npm start`')];
  const prefix = `labelrelay-${config.stage}-`;
  const all = await readAlarms(prefix, config);
  const ringing = all.filter(({ state }) => state === 'ALARM');
  if (all.length === 0) {
    return [problem('alarms', 'there are none', paste.osls('deploy --force'))];
  }
  if (ringing.length === 0) return [ok('alarms', `${all.length}, all quiet`)];
  return ringing.map(({ name }) =>
    problem(
      'alarms',
      `${name} has gone off`,
      `its page in docs/runbook: ${name.slice(prefix.length)}`,
    ),
  );
};
