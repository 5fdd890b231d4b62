import { explainError } from '../command/explain-error';
import type { CheckContext } from './check';
import { address } from './checks/address';
import { alarms } from './checks/alarms';
import { capacity } from './checks/capacity';
import { heard } from './checks/heard';
import { held } from './checks/held';
import { labels } from './checks/labels';
import { probe } from './checks/probe';
import { queues } from './checks/queues';
import { reconcile } from './checks/reconcile';
import { secrets } from './checks/secrets';
import { stack } from './checks/stack';
import { webhooks } from './checks/webhooks';
import { type Finding, problem } from './finding';

const CHECKS = {
  stack,
  url: address,
  capacity,
  secrets,
  heard,
  queues,
  labels,
  reconcile,
  held,
  alarms,
  webhooks,
};

/** Runs every check in turn. @param isProbed whether to send a probe delivery at the end */
export async function* examine(context: CheckContext, isProbed: boolean): AsyncGenerator<Finding> {
  for (const [name, check] of Object.entries(isProbed ? { ...CHECKS, probe } : CHECKS)) {
    try {
      yield* await check(context);
    } catch (error) {
      const fix = `fix that, and check again: ${context.paste.labelrelay('doctor')}`;
      yield problem(name, explainError(error), fix);
    }
  }
}
