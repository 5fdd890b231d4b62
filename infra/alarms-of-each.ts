import { deadLetterQueueName, queueName, workerQueuesOf } from '../lib/events/queues';
import { type Alarm, MINUTES, our } from './alarm';
import { UNKNOWN_VERSION } from './function-logs';
import { functionId, type LambdaFunction, usesItsTime } from './functions';
import { GATEWAY_REFUSED } from './http-api';
import type { Settings } from './settings';

/** The alarms of `alarms: all`: one for each thing, on the metrics of AWS itself. */
export const alarmsOfEach = (
  settings: Settings,
  functions: readonly LambdaFunction[],
): readonly Alarm[] => [
  {
    kind: 'normalize-failed',
    description: 'A delivery was published as unrecognized because of a bug in labelrelay',
    ...our('NormalizeFailed'),
  },
  {
    kind: 'gateway-refused',
    description: 'API Gateway answered a sender with 413 or 429, and most senders do not retry',
    metric: GATEWAY_REFUSED,
  },
  {
    kind: 'function-errors',
    subject: 'unknown-version',
    description:
      'A function met a form of data that it does not know: a message or a delivery waits',
    metric: UNKNOWN_VERSION,
  },
  ...[...settings.config.sources.keys()].map(silent),
  ...functions.flatMap(functionAlarms),
  ...workerQueuesOf(settings.config.routes).flatMap((queue) => queueAlarms(queue, settings)),
];

const silent = (source: string): Alarm => ({
  kind: 'silent',
  subject: source,
  description: `${source} usually sends, and has stopped`,
  ...our('Silent'),
  dimensions: { source },
  statistic: 'Maximum',
  // The function `silence` writes this metric every 15 minutes.
  period: 30 * MINUTES,
});

const functionAlarms = (each: LambdaFunction): Alarm[] => {
  const { name, timeout } = each;
  const common = {
    subject: name,
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: { Ref: functionId(name) } },
  };
  const slow: Alarm = {
    ...common,
    kind: 'function-slow',
    description: `One percent of the calls of ${name} take more than 80 % of its timeout of ${timeout} seconds`,
    metric: 'Duration',
    statistic: 'p99',
    period: 5 * MINUTES,
    // In milliseconds.
    above: 800 * timeout,
  };
  return [
    {
      ...common,
      kind: 'function-errors',
      description: `${name} ended in an error`,
      metric: 'Errors',
    },
    {
      ...common,
      kind: 'function-throttles',
      description: `${name} was throttled: the account has no concurrency left`,
      metric: 'Throttles',
    },
    ...(usesItsTime(each) ? [] : [slow]),
  ];
};

const queueAlarms = (
  queue: string,
  { oldestMessageMinutes, config: { stage } }: Settings,
): Alarm[] => [
  {
    kind: 'dead-letters',
    subject: queue,
    description: `A worker could not process a message of ${queue}`,
    namespace: 'AWS/SQS',
    metric: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: deadLetterQueueName(stage, queue) },
    statistic: 'Maximum',
  },
  {
    kind: 'backlog',
    subject: queue,
    description: `A message has been in ${queue} for more than ${oldestMessageMinutes} minutes; after four days it is lost`,
    namespace: 'AWS/SQS',
    metric: 'ApproximateAgeOfOldestMessage',
    dimensions: { QueueName: queueName(stage, queue) },
    statistic: 'Maximum',
    period: 5 * MINUTES,
    above: oldestMessageMinutes * MINUTES,
  },
];
