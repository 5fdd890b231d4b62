import { type QueueState, readQueue } from '../../../lib/aws/operate/read-queue';
import {
  DEAD_LETTER_SUFFIX,
  MAX_RECEIVES,
  TAP_QUEUE,
  TAP_RETENTION,
} from '../../../lib/events/queues';
import type { DeployedQueue, Deployment } from '../../deployment/deployment';
import type { Check } from '../check';
import { type Finding, ok, problem, warning } from '../finding';
import type { Paste } from '../paste';
import { type Existing, recreate } from '../recreate';

interface Looked extends DeployedQueue {
  /** Undefined if the queue is missing. */
  readonly state?: QueueState;
  readonly dead?: QueueState;
}

/** Checks that every queue exists and has an empty dead-letter queue. */
export const queues: Check = async ({ deployment, paste }) => {
  const looked = await Promise.all(deployment.queues.map((queue) => look(queue, deployment)));
  const findings = [
    // Dead-letter queues come first: a queue cannot be created before its dead-letter queue.
    ...looked.flatMap((each) => judgeDeadLetters(each, looked, paste)),
    ...looked.flatMap((each) => judge(each, looked, paste)),
  ];
  return findings.length > 0
    ? findings
    : [ok('queues', `all ${deployment.queues.length} exist, no dead letters`)];
};

const look = async (queue: DeployedQueue, { config }: Deployment): Promise<Looked> => ({
  ...queue,
  state: await readQueue(queue.url, config),
  dead: queue.deadLetterUrl ? await readQueue(queue.deadLetterUrl, config) : undefined,
});

function judgeDeadLetters(
  { name, deadLetterUrl, dead }: Looked,
  all: readonly Looked[],
  paste: Paste,
): Finding[] {
  if (!deadLetterUrl) return [];
  if (!dead) {
    const siblings = existing(all.map((each) => [each.deadLetterUrl, each.dead]));
    const found = 'is missing: messages that fail have nowhere to go';
    const fix = recreate(deadLetterUrl, siblings, paste);
    return [problem(`queue ${name}${DEAD_LETTER_SUFFIX}`, found, fix)];
  }
  const letters = dead.waiting + dead.inFlight;
  if (letters === 0) return [];
  const fix = paste.labelrelay(`dlq show ${name}`);
  return [warning(`queue ${name}`, `${letters} dead letters`, fix)];
}

function judge(
  { name, url, deadLetterUrl, state, dead }: Looked,
  all: readonly Looked[],
  paste: Paste,
): Finding[] {
  const subject = `queue ${name}`;
  if (!state) {
    const siblings = existing(
      all.filter((each) => each.deadLetterUrl).map((each) => [each.url, each.state]),
    );
    const settings =
      name === TAP_QUEUE
        ? { RedrivePolicy: undefined, MessageRetentionPeriod: String(TAP_RETENTION) }
        : {};
    const found = 'is missing: its deliveries are held';
    return [problem(subject, found, recreate(url, siblings, paste, settings))];
  }
  if (!deadLetterUrl || !dead || state.deadLetterArn === dead.arn) return [];
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: dead.arn,
    maxReceiveCount: MAX_RECEIVES,
  });
  const attributes = JSON.stringify({ RedrivePolicy });
  const fix = paste.aws(
    `sqs set-queue-attributes --queue-url '${url}' --attributes '${attributes}'`,
  );
  return [problem(subject, 'has no dead-letter queue for messages that fail', fix)];
}

const existing = (all: readonly (readonly [string?, QueueState?])[]): Existing[] =>
  all.flatMap(([url, state]) => (url && state ? [{ url, settings: state.settings }] : []));
