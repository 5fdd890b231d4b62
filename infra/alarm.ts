import type { Metric } from '../lib/receive/log/metrics';
import { namespaceOf } from '../lib/telemetry';
import { logicalName } from './settings';

export const ALARM_TOPIC_ID = 'AlarmTopic';

export const MINUTES = 60;

/** An alarm. `subject` names the watched thing if several things have the same alarm. */
export interface Alarm {
  /** The name of its runbook in docs/runbook. */
  readonly kind: string;
  /** Further kinds that it goes off for, each with a runbook. */
  readonly also?: readonly string[];
  readonly subject?: string;
  readonly description: string;
  readonly namespace?: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, unknown>>;
  /** `Sum` by default. */
  readonly statistic?: 'Maximum' | 'p99';
  /** In seconds: 60 by default. */
  readonly period?: number;
  /** The threshold: 0 by default. */
  readonly above?: number;
  /** A lower threshold, in place of `above`. */
  readonly below?: number;
  /** Whether missing data is an alarm. */
  readonly needsData?: boolean;
}

export const our = (metric: Metric): Pick<Alarm, 'metric'> => ({ metric });

export function toResource(alarm: Alarm, stage: string): [string, object] {
  const { kind, also = [], subject, metric, statistic = 'Sum', dimensions = {}, below } = alarm;
  const name = [kind, subject].filter((part) => part !== undefined).join('-');
  const pages = [kind, ...also].map((each) => `docs/runbook/${each}.md`).join(', ');
  const resource = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `labelrelay-${stage}-${name}`,
      AlarmDescription: `${alarm.description}. See ${pages}`,
      Namespace: alarm.namespace ?? namespaceOf(stage),
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...(statistic === 'p99' ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
      Period: alarm.period ?? MINUTES,
      EvaluationPeriods: 1,
      ComparisonOperator: below === undefined ? 'GreaterThanThreshold' : 'LessThanThreshold',
      Threshold: below ?? alarm.above ?? 0,
      TreatMissingData: alarm.needsData ? 'breaching' : 'notBreaching',
      AlarmActions: [{ Ref: ALARM_TOPIC_ID }],
      OKActions: [{ Ref: ALARM_TOPIC_ID }],
    },
  };
  return [`${logicalName(name)}Alarm`, resource];
}
