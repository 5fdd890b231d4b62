import { heardTimes } from '../../../lib/aws/cloudwatch/heard-times';
import { readSilenceConfig } from '../../../lib/config/read-silence-config';
import { HABIT_MS, judgeSilence, type Silence } from '../../../lib/silence/judge-silence';
import { readFunctionEnvironment } from '../../aws/read-function-environment';
import { ago } from '../../terminal/ago';
import type { Check } from '../check';
import { type Finding, ok, problem, skipped } from '../finding';

/** When each source was last heard, and whether it has stopped. */
export const heard: Check = async ({ deployment: { config, sources, status } }) => {
  if (status === undefined) return [skipped('heard', '`npm start` has no metrics')];
  const environment = await readFunctionEnvironment(`labelrelay-${config.stage}-silence`, config);
  const { silenceHours } = readSilenceConfig({
    ...environment,
    AWS_ENDPOINT_URL: config.endpoint,
  });
  const readTimes = heardTimes(config);
  const now = Date.now();
  const findings = sources.map(async ({ name }) => {
    const times = await readTimes(name, now - HABIT_MS);
    return toFinding(name, judgeSilence(times, now, silenceHours.get(name)), now);
  });
  return Promise.all(findings);
};

function toFinding(name: string, silence: Silence, now: number): Finding {
  const { lastHeard, limitHours, hours, isSilent } = silence;
  const check = `heard ${name}`;
  if (lastHeard === undefined) return skipped(check, 'nothing came in four weeks');
  const last = `last heard ${ago(new Date(lastHeard), now)} ago`;
  if (!isSilent || limitHours === undefined) return ok(check, last);
  const found = `${last}: ${round(hours)} hours in which it usually sends, of ${round(limitHours)}`;
  return problem(check, found, 'docs/runbook/silent.md');
}

const round = (hours: number): number => Math.round(hours * 10) / 10;
