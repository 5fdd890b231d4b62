import type { QueueState } from '../aws/read-queue';
import type { Paste } from './paste';

/** A queue that is there. */
export interface Existing extends Pick<QueueState, 'settings'> {
  readonly url: string;
}

/**
 * The command that makes a queue again which somebody deleted: a deploy does not, since CloudFormation
 * believes it to be there.
 *
 * @param siblings queues that are set up as it was but for its name
 * @param changes settings that it has otherwise
 */
export function recreate(
  url: string,
  siblings: readonly Existing[],
  paste: Paste,
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const [sibling] = siblings;
  const name = nameOf(url);
  if (!sibling) return `make ${name} again as infra/queues.ts has it: none is left to copy`;
  const settings = JSON.stringify({ ...sibling.settings, ...changes });
  const attributes = settings.replaceAll(nameOf(sibling.url), name).replaceAll("'", "'\\''");
  return paste.aws(`sqs create-queue --queue-name ${name} --attributes '${attributes}'`);
}

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
