import { paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { AwsSettings } from '../../config/read-config';
import type { Metric } from '../../receive/log/metrics';
import type { HeardTimes } from '../../silence/watch-silence';
import { namespaceOf } from '../../telemetry';
import { metricClient } from './metric-client';

/** CloudWatch keeps values of minutes for 15 days, and values of five minutes for 63 days. */
const PERIOD_SECONDS = 300;

const HEARD: Metric = 'Heard';

/** Reads when sources were heard from the metric that the receiver writes, in steps of five minutes. */
export function heardTimes(settings: AwsSettings): HeardTimes {
  const { stage } = settings;
  const client = metricClient(settings);
  return async (source, since) => {
    const heard: number[] = [];
    const pages = paginateGetMetricData(
      { client },
      {
        MetricDataQueries: [
          {
            Id: 'heard',
            MetricStat: {
              Metric: {
                Namespace: namespaceOf(stage),
                MetricName: HEARD,
                Dimensions: [{ Name: 'source', Value: source }],
              },
              Period: PERIOD_SECONDS,
              Stat: 'Sum',
            },
          },
        ],
        StartTime: new Date(since),
        EndTime: new Date(),
      },
    );
    for await (const { MetricDataResults = [] } of pages) {
      for (const { Timestamps = [], Values = [] } of MetricDataResults) {
        const counted = Timestamps.filter((_, index) => (Values[index] ?? 0) > 0);
        heard.push(...counted.map((time) => time.getTime()));
      }
    }
    return heard.sort((one, other) => one - other);
  };
}
