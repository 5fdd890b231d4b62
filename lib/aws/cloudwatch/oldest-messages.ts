import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { AwsSettings } from '../../config/read-config';
import { queueName } from '../../events/queues';
import type { QueueDepths } from '../../receive/redeliver/watch-queues';
import { metricClient } from './metric-client';

/** SQS writes its metrics once a minute, some minutes late. */
const LATE_MS = 900_000;
/** The most metrics that a call reads. */
const AT_ONCE = 500;

/** Reads the age of the oldest message of queues, which only the metrics of SQS tell. Each metric that is read is charged. */
export function oldestMessages(settings: AwsSettings): QueueDepths['oldest'] {
  const client = metricClient(settings);
  const read = async (queues: readonly string[], now: number): Promise<[string, number][]> => {
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queues.map((queue, index) => ({
          Id: `q${index}`,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/SQS',
              MetricName: 'ApproximateAgeOfOldestMessage',
              Dimensions: [{ Name: 'QueueName', Value: queueName(settings.stage, queue) }],
            },
            Period: 60,
            Stat: 'Maximum',
          },
        })),
        ScanBy: 'TimestampDescending',
        StartTime: new Date(now - LATE_MS),
        EndTime: new Date(now),
      }),
    );
    return MetricDataResults.flatMap(({ Id = '', Values: [newest] = [] }) => {
      const queue = queues[Number(Id.slice(1))];
      return queue === undefined || newest === undefined ? [] : [[queue, newest]];
    });
  };
  return async (queues) => {
    const now = Date.now();
    const ages: [string, number][] = [];
    for (let at = 0; at < queues.length; at += AT_ONCE) {
      ages.push(...(await read(queues.slice(at, at + AT_ONCE), now)));
    }
    return new Map(ages);
  };
}
