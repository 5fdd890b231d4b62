import type { Telemetry } from './receive/ports';

const NAMESPACE = 'labelrelay';

/**
 * One JSON line for each log entry, and for each metric a line in CloudWatch's embedded metric
 * format, which costs no call.
 *
 * @param write takes one line, without its end
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createTelemetry = (write: (line: string) => void): Telemetry => ({
  log: (level, message, fields) => write(JSON.stringify({ level, message, ...fields })),
  count: (metric, dimensions = {}) =>
    write(
      JSON.stringify({
        _aws: {
          Timestamp: Date.now(),
          CloudWatchMetrics: [
            {
              Namespace: NAMESPACE,
              Dimensions: [Object.keys(dimensions)],
              Metrics: [{ Name: metric, Unit: 'Count' }],
            },
          ],
        },
        ...dimensions,
        [metric]: 1,
      }),
    ),
});
