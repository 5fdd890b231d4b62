import { LabelrelayError } from '../../lib/errors';
import { TAP_QUEUE } from '../../lib/events/queues';
import type { Deployment } from '../deployment/deployment';

/**
 * The URL of the tap. The queues of topics are never read: that would hide messages from their workers.
 *
 * @throws LabelrelayError `not-found` that says how to switch it on
 */
export function tapOf(deployment: Deployment): string {
  const url = findTap(deployment);
  if (url) return url;
  throw new LabelrelayError('not-found', withoutTap(deployment));
}

export const findTap = ({ queues }: Deployment): string | undefined =>
  queues.find(({ name }) => name === TAP_QUEUE)?.url;

/** Says how to switch the tap on. */
export const withoutTap = ({ secrets }: Deployment): string =>
  secrets
    ? 'expected a tap, got none: start it with LABELRELAY_TAP=true'
    : 'expected a tap, got none: set `tap: true` under custom in serverless.yml, and deploy';
