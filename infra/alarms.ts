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
  WaitingAlarm: alarm(stage, {
    AlarmDescription: 'A delivery has waited under held/ for more than 15 minutes',
    MetricName: 'WaitingSeconds',
    Statistic: 'Maximum',
    Threshold: 900,
    Period: 60,
    EvaluationPeriods: 3,
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
