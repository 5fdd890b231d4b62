import { ALARM_TOPIC_ID, type Alarm, MINUTES, our, toResource } from './alarm';
import { alarmsOfEach } from './alarms-of-each';
import { FUNCTION_ERRORS, functionLogResources, unknownVersionResources } from './function-logs';
import { functionId, type LambdaFunction } from './functions';
import { API_ID } from './http-api';
import type { Resources, Settings } from './settings';

/**
 * Every alarm, each with a runbook in docs/runbook, and the SNS topic that they notify. AWS charges for each metric that an
 * alarm reads, so one alarm watches all queues, all functions or all sources, unless `alarms: all` is set.
 */
export const alarmResources = (
  settings: Settings,
  functions: readonly LambdaFunction[],
): Resources => {
  const isGrouped = settings.alarms === 'grouped';
  const alarms = [
    ...ourOwn(settings),
    redeliveryStopped,
    gatewayFailed,
    ...(isGrouped ? grouped(settings) : alarmsOfEach(settings, functions)),
  ];
  return {
    ...topicResources(settings.alarmEmail),
    ...(isGrouped ? functionLogResources : unknownVersionResources)(settings, functions),
    ...Object.fromEntries(alarms.map((alarm) => toResource(alarm, settings.config.stage))),
  };
};

/** The alarms on metrics of the functions. */
const ourOwn = ({ refusedPer5Minutes, archiveDays, reconcile, alarms }: Settings): Alarm[] => [
  {
    kind: 'unavailable',
    description: 'A delivery was answered 503, because it could neither be published nor held',
    ...our('Unavailable'),
  },
  {
    kind: 'unexpected-error',
    ...(alarms === 'grouped' && { also: ['normalize-failed'] }),
    description:
      'A bug in labelrelay: a request was answered 503, or a delivery was published as unrecognized',
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
    description: 'A delivery has been held for more than 15 minutes',
    ...our('WaitingSeconds'),
    statistic: 'Maximum',
    period: 5 * MINUTES,
    above: 15 * MINUTES,
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
    ...(alarms === 'grouped' && { also: ['gateway-refused'] }),
    description:
      'A request was answered 413, or 429 by API Gateway. If it was a delivery, most senders do not retry it',
    ...our('TooLarge'),
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

/** Without this function no metric tells of held deliveries, nor of queues. */
const redeliveryStopped: Alarm = {
  kind: 'held',
  subject: 'redeliver',
  description:
    'The function redeliver does not run: no held delivery is tried, and no queue is watched',
  namespace: 'AWS/Lambda',
  metric: 'Invocations',
  dimensions: { FunctionName: { Ref: functionId('redeliver') } },
  period: 5 * MINUTES,
  below: 1,
  // Lambda writes this metric only for calls, of which there is one each minute.
  needsData: true,
};

/** This alarm also fires if API Gateway did not reach the function, which then writes no metric. */
const gatewayFailed: Alarm = {
  kind: 'api-5xx',
  description: 'API Gateway answered a sender with 5xx, and most senders do not retry',
  namespace: 'AWS/ApiGateway',
  metric: '5xx',
  dimensions: { ApiId: { Ref: API_ID } },
};

/** One alarm for all sources, functions or queues. Their runbooks tell how to find which one it is. */
const grouped = ({ oldestMessageMinutes }: Settings): Alarm[] => [
  {
    kind: 'silent',
    description: 'A source usually sends, and has stopped',
    ...our('Silent'),
    statistic: 'Maximum',
    // The function `silence` writes this metric every 15 minutes.
    period: 30 * MINUTES,
  },
  {
    kind: 'dead-letters',
    description: 'A worker could not process a message',
    ...our('DeadLetters'),
    statistic: 'Maximum',
    // The function `redeliver` looks every five minutes.
    period: 10 * MINUTES,
  },
  {
    kind: 'backlog',
    description: `A message has been in a queue for more than ${oldestMessageMinutes} minutes; after four days it is lost`,
    ...our('OldestMessageSeconds'),
    statistic: 'Maximum',
    period: 10 * MINUTES,
    above: oldestMessageMinutes * MINUTES,
  },
  {
    kind: 'function-errors',
    also: ['function-slow'],
    description:
      'A function ended in an error, took more than 80 % of its timeout, or met a form of data that it does not know',
    metric: FUNCTION_ERRORS,
  },
  {
    kind: 'function-throttles',
    description: 'A function of this account was throttled: there is no concurrency left',
    namespace: 'AWS/Lambda',
    metric: 'Throttles',
  },
];

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
