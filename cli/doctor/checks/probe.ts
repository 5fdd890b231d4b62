import { signDelivery } from '../../../lib/testing/sign-delivery';
import { secretOf } from '../../deployment/secret-of';
import { ask } from '../ask';
import { ok, problem, warning } from '../finding';
import type { Check } from '../patient';

/** No platform has an event of that name: it goes to the topic `unrecognized`, and no worker acts on it. */
const EVENT = 'LABELRELAY_DOCTOR';

/** One signed delivery through everything: 202 means that it is in every queue of its topic. */
export const probe: Check = async ({ deployment, baseUrl, paste }) => {
  const [source] = deployment.sources;
  if (!source) return [];
  const { name, platform } = source;
  const secret = await secretOf(deployment, name);
  const body = { action: EVENT, at: new Date().toISOString() };
  const { headers, path, ...signed } = signDelivery(platform, body, {
    secret,
    source: name,
    event: EVENT,
  });
  const answer = await ask(baseUrl + path, {
    method: 'POST',
    headers: { ...headers },
    body: signed.body,
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
