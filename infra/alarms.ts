import type { Metric } from '../lib/receive/metrics';
import { namespaceOf } from '../lib/telemetry';
import type { Resources } from './settings';

/** What a person must look at. */
export const alarmResources = (stage: string): Resources => ({
  ParkedAlarm: onAny(
    stage,
    'Parked',
    'A delivery waited for seven days and is parked under held/parked/',
  ),
  UnavailableAlarm: onAny(
    stage,
    'Unavailable',
    'A delivery was answered 503: it could neither be delivered nor held',
  ),
  UnexpectedErrorAlarm: onAny(
    stage,
    'UnexpectedError',
    'A request was answered 503 for a mistake of ours',
  ),
  WaitingAlarm: alarm(stage, {
    AlarmDescription:
      'A delivery has waited under held/ for more than 15 minutes, or redelivery does not run',
    MetricName: 'WaitingSeconds',
    Statistic: 'Maximum',
    Threshold: 900,
    Period: 300,
    EvaluationPeriods: 1,
    // Redelivery counts once a minute: silence is no good news.
    TreatMissingData: 'breaching',
  }),
});

/** An alarm on what must never be counted. */
const onAny = (stage: string, MetricName: Metric, AlarmDescription: string): object =>
  alarm(stage, {
    AlarmDescription,
    MetricName,
    Statistic: 'Sum',
    Threshold: 0,
    Period: 60,
    EvaluationPeriods: 1,
  });

const alarm = (stage: string, properties: object): object => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: namespaceOf(stage),
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...properties,
  },
});
