import { deadLetterQueueName, queueName, workerQueuesOf } from '../lib/events/queues';
import type { Metric } from '../lib/receive/log/metrics';
import { namespaceOf } from '../lib/telemetry';
import { functionId, type LambdaFunction } from './functions';
import { API_ID, GATEWAY_REFUSED } from './http-api';
import { logicalName, type Resources, type Settings } from './settings';

export const ALARM_TOPIC_ID = 'AlarmTopic';

/** Every alarm, each with a runbook in docs/runbook, and the SNS topic that they notify. */
export const alarmResources = (
  settings: Settings,
  functions: readonly LambdaFunction[],
): Resources => ({
  ...topicResources(settings.alarmEmail),
  ...Object.fromEntries(
    [
      ...ourOwn(settings),
      ...[...settings.config.sources.keys()].map(silent),
      gatewayFailed,
      gatewayRefused,
      ...functions.flatMap(functionAlarms),
      ...workerQueuesOf(settings.config.routes).flatMap((queue) => queueAlarms(queue, settings)),
    ].map((alarm) => toResource(alarm, settings.config.stage)),
  ),
});

/** An alarm. `subject` names the watched thing if several things have the same alarm. */
interface Alarm {
  /** The name of its runbook in docs/runbook. */
  readonly kind: string;
  readonly subject?: string;
  readonly description: string;
  readonly namespace?: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, unknown>>;
  /** `Sum` by default. */
  readonly statistic?: 'Maximum' | 'p99';
  /** In seconds: 60 by default. */
  readonly period?: number;
  readonly periods?: number;
  /** The threshold: 0 by default. */
  readonly above?: number;
  /** Whether missing data is an alarm. */
  readonly needsData?: boolean;
}

const MINUTES = 60;

/** The alarms on metrics of the functions. */
const ourOwn = ({ refusedPer5Minutes, archiveDays, reconcile }: Settings): Alarm[] => [
  {
    kind: 'unavailable',
    description: 'A delivery was answered 503, because it could neither be published nor held',
    ...our('Unavailable'),
  },
  {
    kind: 'unexpected-error',
    description: 'A request was answered 503 because of a bug in labelrelay',
    ...our('UnexpectedError'),
  },
  {
    kind: 'refused',
    description: 'Many requests were answered 401: the secret is wrong, or somebody is attacking',
    ...our('Refused'),
    period: 5 * MINUTES,
    above: refusedPer5Minutes,
  },
  {
    kind: 'held',
    description:
      'A delivery has been held for more than 15 minutes, or the function redeliver does not run',
    ...our('WaitingSeconds'),
    statistic: 'Maximum',
    period: 5 * MINUTES,
    above: 15 * MINUTES,
    // The function `redeliver` writes this metric once a minute.
    needsData: true,
  },
  {
    kind: 'parked',
    description:
      'A delivery was held for seven days or is damaged, and is parked under held/parked/',
    ...our('Parked'),
  },
  {
    kind: 'undecodable',
    description: 'An authentic delivery was answered 400 or 415 and is kept under undecodable/',
    ...our('Undecodable'),
  },
  {
    kind: 'too-large',
    description: 'A request was answered 413. If it was a delivery, most senders do not retry it',
    ...our('TooLarge'),
  },
  {
    kind: 'normalize-failed',
    description: 'A delivery was published as unrecognized because of a bug in labelrelay',
    ...our('NormalizeFailed'),
  },
  ...(archiveDays > 0 ? [archiveFailed] : []),
  ...(reconcile ? reconcileAlarms(reconcile.everyMinutes) : []),
];

const DAY = 24 * 60 * MINUTES;

const reconcileAlarms = (everyMinutes: number): Alarm[] => [
  {
    kind: 'recovered',
    description: 'Events were recovered that the platform never sent: webhooks get lost',
    ...our('Recovered'),
  },
  {
    kind: 'reconcile-late',
    description: 'No comparison with a platform has ended for a day, or the function does not run',
    ...our('ReconcileAgeSeconds'),
    statistic: 'Maximum',
    period: Math.min(DAY, 2 * everyMinutes * MINUTES),
    above: Math.max(DAY, 4 * everyMinutes * MINUTES),
    // The function writes this metric at each call.
    needsData: true,
  },
  {
    kind: 'deletions-withheld',
    description:
      'More than 10 % of the labels of a source are gone at the platform: none was deleted',
    ...our('DeletionsWithheld'),
  },
];

const archiveFailed: Alarm = {
  kind: 'archive-failed',
  description: 'An accepted delivery could not be archived',
  metric: 'ArchiveFailed',
};

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

const our = (metric: Metric): Pick<Alarm, 'metric'> => ({ metric });

/** This alarm also fires if API Gateway did not reach the function, which then writes no metric. */
const gatewayFailed: Alarm = {
  kind: 'api-5xx',
  description: 'API Gateway answered a sender with 5xx, and most senders do not retry',
  namespace: 'AWS/ApiGateway',
  metric: '5xx',
  dimensions: { ApiId: { Ref: API_ID } },
};

const gatewayRefused: Alarm = {
  kind: 'gateway-refused',
  description: 'API Gateway answered a sender with 413 or 429, and most senders do not retry',
  metric: GATEWAY_REFUSED,
};

const functionAlarms = ({ name, timeout }: LambdaFunction): Alarm[] => {
  const its = {
    subject: name,
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: { Ref: functionId(name) } },
  };
  return [
    { ...its, kind: 'function-errors', description: `${name} ended in an error`, metric: 'Errors' },
    {
      ...its,
      kind: 'function-throttles',
      description: `${name} was throttled: the account has no concurrency left`,
      metric: 'Throttles',
    },
    {
      ...its,
      kind: 'function-slow',
      description: `One percent of the calls of ${name} take more than 80 % of its timeout of ${timeout} seconds`,
      metric: 'Duration',
      statistic: 'p99',
      period: 5 * MINUTES,
      // In milliseconds.
      above: 800 * timeout,
    },
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

function toResource(alarm: Alarm, stage: string): [string, object] {
  const { kind, subject, description, metric, statistic = 'Sum', dimensions = {} } = alarm;
  const name = [kind, subject].filter((part) => part !== undefined).join('-');
  const resource = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `labelrelay-${stage}-${name}`,
      AlarmDescription: `${description}. See docs/runbook/${kind}.md`,
      Namespace: alarm.namespace ?? namespaceOf(stage),
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...(statistic === 'p99' ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
      Period: alarm.period ?? MINUTES,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: alarm.above ?? 0,
      TreatMissingData: alarm.needsData ? 'breaching' : 'notBreaching',
      AlarmActions: [{ Ref: ALARM_TOPIC_ID }],
      OKActions: [{ Ref: ALARM_TOPIC_ID }],
    },
  };
  return [`${logicalName(name)}Alarm`, resource];
}

/** The SNS topic of the alarms. Other systems can subscribe to it. */
const topicResources = (alarmEmail?: string): Resources => ({
  [ALARM_TOPIC_ID]: { Type: 'AWS::SNS::Topic', Properties: {} },
  ...(alarmEmail && {
    AlarmEmail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: ALARM_TOPIC_ID }, Protocol: 'email', Endpoint: alarmEmail },
    },
  }),
});
