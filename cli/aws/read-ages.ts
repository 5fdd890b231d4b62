import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { AwsSettings } from '../../lib/config/read-config';
import { queueName } from '../../lib/events/queues';
import { cloudWatch } from './clients';

/** CloudWatch shows the age of the oldest message minutes later. */
const WITHIN_MS = 600_000;

/** The age of the oldest message of each queue in seconds, as CloudWatch last knew it; none of those it does not know. */
export async function readAges(
  settings: AwsSettings,
  queues: readonly { readonly name: string }[],
): Promise<ReadonlyMap<string, number>> {
  const { MetricDataResults = [] } = await cloudWatch(settings).send(
    new GetMetricDataCommand({
      MetricDataQueries: queues.map(({ name }, index) => ({
        Id: `age${index}`,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateAgeOfOldestMessage',
            Dimensions: [{ Name: 'QueueName', Value: queueName(settings.stage, name) }],
          },
          Period: 60,
          Stat: 'Maximum',
        },
      })),
      StartTime: new Date(Date.now() - WITHIN_MS),
      EndTime: new Date(),
      ScanBy: 'TimestampDescending',
    }),
  );
  const ages = new Map<string, number>();
  for (const { Id, Values: [newest] = [] } of MetricDataResults) {
    const name = queues[Number(Id?.slice('age'.length))]?.name;
    if (name !== undefined && newest !== undefined) ages.set(name, newest);
  }
  return ages;
}
