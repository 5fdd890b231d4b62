import { printable } from '../../events/printable';
import type { Change } from '../../events/topics';
import type { Headers } from '../platform';

type Known =
  | { readonly family: 'label' | 'review'; readonly change: Change }
  | { readonly family: 'workflow' };

/**
 * The known values of `X-Labelbox-Event`. The documentation calls a workflow action MOVE; the SDK's topic is
 * WORKFLOW_ACTION.
 *
 * @see https://docs.labelbox.com/docs/webhooks
 */
const KNOWN: ReadonlyMap<string, Known> = new Map([
  ['LABEL_CREATED', { family: 'label', change: 'created' }],
  ['LABEL_UPDATED', { family: 'label', change: 'updated' }],
  ['LABEL_DELETED', { family: 'label', change: 'deleted' }],
  ['REVIEW_CREATED', { family: 'review', change: 'created' }],
  ['REVIEW_UPDATED', { family: 'review', change: 'updated' }],
  ['REVIEW_DELETED', { family: 'review', change: 'deleted' }],
  ['WORKFLOW_ACTION', { family: 'workflow' }],
  ['MOVE', { family: 'workflow' }],
]);

export const knownEvent = (name: string | undefined): Known | undefined =>
  name === undefined ? undefined : KNOWN.get(name);

/** The name of the event in the headers. They are not signed, so the body has priority. */
export const eventName = (headers: Headers): string | undefined =>
  printable(headers['x-labelbox-event']);
