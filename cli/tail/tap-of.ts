import { LabelrelayError } from '../../lib/errors';
import { TAP_QUEUE } from '../../lib/events/queues';
import type { Deployment } from '../deployment/deployment';

/**
 * The URL of the tap. The queues of topics are never read: that would hide messages from their workers.
 *
 * @throws LabelrelayError `not-found` that says how to switch it on
 */
export function tapOf({ queues, secrets }: Deployment): string {
  const tap = queues.find(({ name }) => name === TAP_QUEUE);
  if (tap) return tap.url;
  const how = secrets
    ? 'start it with LABELRELAY_TAP=true'
    : 'set `tap: true` under custom in serverless.yml, and deploy';
  throw new LabelrelayError('not-found', `expected a tap, got none: ${how}`);
}
