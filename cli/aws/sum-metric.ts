import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { AwsSettings } from '../../lib/config/read-config';
import type { Metric } from '../../lib/receive/metrics';
import { namespaceOf } from '../../lib/telemetry';
import { cloudWatch } from './clients';

/** How often something of a source was counted since a moment. It takes CloudWatch minutes to know. */
export async function sumMetric(
  MetricName: Metric,
  source: string,
  since: Date,
  settings: AwsSettings,
): Promise<number> {
  const { Datapoints = [] } = await cloudWatch(settings).send(
    new GetMetricStatisticsCommand({
      Namespace: namespaceOf(settings.stage),
      MetricName,
      Dimensions: [{ Name: 'source', Value: source }],
      StartTime: since,
      EndTime: new Date(),
      Period: 60,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
}
