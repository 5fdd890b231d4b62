import { CloudWatchClient, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { AwsSettings } from '../../config/read-config';
import type { Metric } from '../../receive/log/metrics';
import type { HeardTimes } from '../../silence/watch-silence';
import { namespaceOf } from '../../telemetry';
import { clientOptions } from '../client/client-options';

/** CloudWatch keeps values of minutes for 15 days, and values of five minutes for 63 days. */
const PERIOD_SECONDS = 300;

/** Deliveries that were authentic. */
const HEARD: readonly Metric[] = ['Accepted', 'Held', 'HeldLarge'];
/** Events that no worker acts on, such as that of a probe of `labelrelay doctor`: it says nothing of the platform. */
const UNHEARD: Metric = 'Events.unrecognized';

const TIMEOUT_MS = 20_000;

/** Reads when sources were heard from the metrics that the receiver writes, in steps of five minutes. */
export function heardTimes(settings: AwsSettings): HeardTimes {
  const { stage } = settings;
  const options = clientOptions(settings);
  const client = new CloudWatchClient({
    ...options,
    requestHandler: { ...options.requestHandler, requestTimeout: TIMEOUT_MS },
  });
  return async (source, since) => {
    const sums = new Map<number, number>();
    const pages = paginateGetMetricData(
      { client },
      {
        MetricDataQueries: [...HEARD, UNHEARD].map((MetricName, index) => ({
          Id: `m${index}`,
          MetricStat: {
            Metric: {
              Namespace: namespaceOf(stage),
              MetricName,
              Dimensions: [{ Name: 'source', Value: source }],
            },
            Period: PERIOD_SECONDS,
            Stat: 'Sum',
          },
        })),
        StartTime: new Date(since),
        EndTime: new Date(),
      },
    );
    for await (const { MetricDataResults = [] } of pages) {
      for (const { Id, Timestamps = [], Values = [] } of MetricDataResults) {
        const sign = Id === `m${HEARD.length}` ? -1 : 1;
        for (const [index, time] of Timestamps.entries()) {
          const before = sums.get(time.getTime()) ?? 0;
          sums.set(time.getTime(), before + sign * (Values[index] ?? 0));
        }
      }
    }
    return [...sums]
      .filter(([, sum]) => sum > 0)
      .map(([time]) => time)
      .sort((one, other) => one - other);
  };
}
