import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { LabelrelayError } from '../../lib/errors';
import { sqs, type Where } from './clients';

const LOOK_MS = 1_000;
/** SQS's own limit on messages in a second. */
export const MOST_PER_SECOND = 500;

export interface Move {
  /** ARNs. */
  readonly from: string;
  readonly to: string;
  /** At most MOST_PER_SECOND. */
  readonly perSecond: number;
}

/** What a server answers that does not know the call. */
const UNKNOWN = /Unsupported|UnknownOperation|InvalidAction|NotImplemented|UnknownAction/i;

/**
 * SQS moves the messages itself. It is told where to: by itself it knows that only of messages that it
 * has put there, not of those that a worker did.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 * @returns how many were moved; undefined when the server cannot do it
 * @throws LabelrelayError `unavailable` when it failed on the way
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
      // It may have ended in the meantime.
      await client.send(new CancelMessageMoveTaskCommand({ TaskHandle })).catch(() => {});
      return moved;
    }
  }
}

const failed = (moved: number, reason = 'no reason given') =>
  new LabelrelayError(
    'unavailable',
    `SQS stopped after ${moved} messages: ${reason}. The rest is where it was`,
  );
