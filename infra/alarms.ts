import { namespaceOf } from '../lib/telemetry';
import type { Resources } from './settings';

/** What a person must look at. */
export const alarmResources = (stage: string): Resources => ({
  ParkedAlarm: alarm(stage, {
    AlarmDescription: 'A delivery waited for seven days and is parked under held/parked/',
    MetricName: 'Parked',
    Statistic: 'Sum',
    Threshold: 0,
    Period: 60,
    EvaluationPeriods: 1,
  }),
  UnavailableAlarm: alarm(stage, {
    AlarmDescription: 'A delivery was answered 503: it could neither be delivered nor held',
    MetricName: 'Unavailable',
    Statistic: 'Sum',
    Threshold: 0,
    Period: 60,
    EvaluationPeriods: 1,
  }),
  UnexpectedErrorAlarm: alarm(stage, {
    AlarmDescription: 'A request was answered 503 for a mistake of ours',
    MetricName: 'UnexpectedError',
    Statistic: 'Sum',
    Threshold: 0,
    Period: 60,
    EvaluationPeriods: 1,
  }),
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

const alarm = (stage: string, properties: object): object => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: namespaceOf(stage),
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...properties,
  },
});
