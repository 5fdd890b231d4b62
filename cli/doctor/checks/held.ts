import { heldDeliveries } from '../../../lib/aws/operate/held-deliveries';
import { ago } from '../../terminal/ago';
import type { Check } from '../check';
import { ok, problem, warning } from '../finding';

/** The threshold of the alarm `held`. */
const LONG_MS = 15 * 60_000;

/** Checks whether deliveries wait, and for how long. */
export const held: Check = async ({ deployment, paste }) => {
  const all = await heldDeliveries(deployment.config);
  const waiting = all.filter(({ state }) => state.startsWith('waits'));
  const parked = all.filter(({ state }) => state === 'parked');
  const oldest = new Date(Math.min(...waiting.map(({ received }) => received.getTime())));
  const findings = [];
  if (waiting.length > 0) {
    const found = `${waiting.length} deliveries wait, the oldest for ${ago(oldest)}`;
    const isLong = Date.now() - oldest.getTime() > LONG_MS;
    const fix = `${paste.labelrelay('held list')}  # docs/runbook/held.md`;
    findings.push(isLong ? problem('held', found, fix) : warning('held', found, fix));
  }
  if (parked.length > 0) {
    const fix = `${paste.labelrelay('held redeliver --parked')}  # once the cause is fixed`;
    findings.push(problem('held', `${parked.length} deliveries are parked`, fix));
  }
  return findings.length > 0 ? findings : [ok('held', 'nothing waits')];
};
