import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { sqs } from '../../lib/aws/operate/sqs';
import type { Where } from '../../lib/aws/operate/where';
import { LabelrelayError } from '../../lib/errors';

const LOOK_MS = 1_000;
/** The limit of SQS on messages a second. */
export const MOST_PER_SECOND = 500;

export interface Move {
  /** The ARN of the queue. */
  readonly from: string;
  readonly to: string;
  /** At most MOST_PER_SECOND. */
  readonly perSecond: number;
}

/** The error of a server that does not know the call. */
const UNKNOWN = /Unsupported|UnknownOperation|InvalidAction|NotImplemented|UnknownAction/i;

/**
 * Has SQS move the messages. The destination is given, since SQS only knows the origin of messages that it moved
 * to the dead-letter queue itself, not of those that a worker sent there.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 * @returns the number of moved messages; undefined if the server does not support the call
 * @throws LabelrelayError `unavailable` if the task failed
 */
export async function moveByTask(
  { from, to, perSecond }: Move,
  where: Where,
  watch: { moved(count: number): void; pause(milliseconds: number): Promise<boolean> },
): Promise<number | undefined> {
  const client = sqs(where);
  const start = new StartMessageMoveTaskCommand({
    SourceArn: from,
    DestinationArn: to,
    MaxNumberOfMessagesPerSecond: Math.max(1, Math.floor(perSecond)),
  });
  const TaskHandle = await client.send(start).then(
    (answer) => answer.TaskHandle,
    (error: Error) => {
      if (UNKNOWN.test(error.name) || UNKNOWN.test(error.message)) return undefined;
      throw error;
    },
  );
  if (!TaskHandle) return undefined;
  for (;;) {
    const list = new ListMessageMoveTasksCommand({ SourceArn: from, MaxResults: 1 });
    const [task] = (await client.send(list)).Results ?? [];
    const moved = Number(task?.ApproximateNumberOfMessagesMoved ?? 0);
    watch.moved(moved);
    if (task?.Status === 'FAILED') throw failed(moved, task.FailureReason);
    if (task?.Status === 'COMPLETED' || task?.Status === 'CANCELLED') return moved;
    if (!(await watch.pause(LOOK_MS))) {
      // The task may have ended in the meantime.
      await client.send(new CancelMessageMoveTaskCommand({ TaskHandle })).catch(() => {});
      return moved;
    }
  }
}

const failed = (moved: number, reason = 'no reason given') =>
  new LabelrelayError(
    'unavailable',
    `SQS stopped after ${moved} messages: ${reason}. The rest was not moved`,
  );
