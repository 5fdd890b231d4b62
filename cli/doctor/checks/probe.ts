import { secretOf } from '../../deployment/secret-of';
import { ask } from '../ask';
import type { Check } from '../check';
import { ok, problem, warning } from '../finding';
import { probeDelivery } from '../probe-delivery';

/** Sends one signed delivery. The answer 202 means that its event is in every queue of its topic. */
export const probe: Check = async ({ deployment, baseUrl, paste }) => {
  const [source] = deployment.sources;
  if (!source) return [];
  const { name, platform } = source;
  const secret = await secretOf(deployment, name);
  const { headers, path, body } = probeDelivery(platform, { secret, source: name });
  const answer = await ask(baseUrl + path, {
    method: 'POST',
    headers: { ...headers },
    body,
  });
  const { status, milliseconds, json } = answer;
  if (status !== 202) {
    return [
      problem(
        'probe',
        `a signed delivery was answered ${status}`,
        'see the log of the function receive',
      ),
    ];
  }
  const fix = `${paste.labelrelay('held list')}  # docs/runbook/held.md`;
  return json.held
    ? [warning('probe', 'a signed delivery was held', fix)]
    : [
        ok(
          'probe',
          `a signed delivery was in its queues after ${milliseconds} ms (topic unrecognized)`,
        ),
      ];
};
