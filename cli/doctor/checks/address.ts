import { platforms } from '../../../lib/platforms/platforms';
import { ask } from '../ask';
import type { Check } from '../check';
import { type Finding, ok, problem, warning } from '../finding';

/** The timeouts of the senders, the shortest first. */
const [SHORTEST] = Object.values(platforms).sort((a, b) => a.timeoutMs - b.timeoutMs);
const SKEW_MS = 60_000;

/** Checks that senders can reach the receiver, and that its clock and ours agree. */
export const address: Check = async ({ baseUrl }) => {
  // The first call may start a function. The second one shows how long senders wait.
  await ask(`${baseUrl}/health`);
  const { status, milliseconds, date } = await ask(`${baseUrl}/health`);
  if (status !== 200) {
    const fix =
      'see the log of API Gateway and of the function receive, and docs/runbook/api-5xx.md';
    return [problem('url', `${baseUrl}/health answered ${status}`, fix)];
  }
  const speed =
    !SHORTEST || milliseconds < SHORTEST.timeoutMs
      ? ok('url', `${baseUrl} answers in ${milliseconds} ms`)
      : warning(
          'url',
          `${baseUrl} takes ${milliseconds} ms, and ${SHORTEST.name} waits for ${SHORTEST.timeoutMs} ms`,
          'see the alarm function-slow; deploy closer to the senders',
        );
  return [speed, clock(date)];
};

function clock(date = new Date()): Finding {
  const skew = Math.abs(date.getTime() - Date.now());
  return skew < SKEW_MS
    ? ok('clock', 'this machine and the receiver agree')
    : warning(
        'clock',
        `the clock of this machine is off by ${Math.round(skew / 1_000)} s`,
        'synchronize it by NTP',
      );
}
