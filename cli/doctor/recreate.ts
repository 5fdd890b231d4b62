import type { QueueState } from '../../lib/aws/operate/read-queue';
import type { Paste } from './paste';

/** A queue that exists. */
export interface Existing extends Pick<QueueState, 'settings'> {
  readonly url: string;
}

/**
 * The command that recreates a deleted queue. A deploy does not recreate it, since CloudFormation does not notice
 * the deletion.
 *
 * @param siblings queues with the same settings except for the name
 * @param changes settings that differ from those
 */
export function recreate(
  url: string,
  siblings: readonly Existing[],
  paste: Paste,
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const [sibling] = siblings;
  const name = nameOf(url);
  if (!sibling)
    return `create ${name} with the settings in infra/queues.ts: there is no other queue to copy`;
  const settings = JSON.stringify({ ...sibling.settings, ...changes });
  const attributes = settings.replaceAll(nameOf(sibling.url), name).replaceAll("'", "'\\''");
  return paste.aws(`sqs create-queue --queue-name ${name} --attributes '${attributes}'`);
}

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
