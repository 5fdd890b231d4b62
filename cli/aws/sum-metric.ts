import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { AwsSettings } from '../../lib/config/read-config';
import type { Metric } from '../../lib/receive/log/metrics';
import { namespaceOf } from '../../lib/telemetry';
import { cloudWatch } from './cloud-watch';

const MINUTE_MS = 60_000;

/**
 * The sum of a metric of a source over the whole minutes after a moment. CloudWatch shows a value only minutes
 * later.
 *
 * @param since the moment, in milliseconds since 1970
 */
export async function sumMetric(
  MetricName: Metric,
  source: string,
  since: number,
  settings: AwsSettings,
): Promise<number> {
  const Dimensions = [{ Name: 'source', Value: source }];
  const Metric = { Namespace: namespaceOf(settings.stage), MetricName, Dimensions };
  // CloudWatch would include the whole minute that contains the start.
  const start = Math.ceil(since / MINUTE_MS) * MINUTE_MS;
  const { MetricDataResults = [] } = await cloudWatch(settings).send(
    new GetMetricDataCommand({
      MetricDataQueries: [{ Id: 'sum', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
      StartTime: new Date(start),
      EndTime: new Date(Math.max(Date.now(), start) + MINUTE_MS),
    }),
  );
  return MetricDataResults.flatMap(({ Values = [] }) => Values).reduce(
    (sum, each) => sum + each,
    0,
  );
}
