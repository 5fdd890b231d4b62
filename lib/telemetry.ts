import type { Metric } from './receive/log/metrics';
import type { Telemetry } from './receive/ports';

/** The CloudWatch namespace of the metrics of a stage. */
export const namespaceOf = (stage: string): string => `labelrelay/${stage}`;

/**
 * Writes one JSON line for each log entry. The line contains its metrics in CloudWatch's embedded metric
 * format, which needs no API call.
 *
 * @param write gets one line, without the newline
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createTelemetry = (stage: string, write: (line: string) => void): Telemetry => ({
  log(level, message, fields = {}, metrics = new Map()) {
    const line = { level, message, ...fields };
    write(JSON.stringify(metrics.size === 0 ? line : { ...line, ...embed(stage, line, metrics) }));
  },
});

const embed = (stage: string, line: object, metrics: ReadonlyMap<Metric, number>): object => ({
  ...Object.fromEntries(metrics),
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      {
        Namespace: namespaceOf(stage),
        // One metric for each source, and one for all together.
        Dimensions: 'source' in line ? [['source'], []] : [[]],
        Metrics: [...metrics.keys()].map((name) => ({ Name: name, Unit: unitOf(name) })),
      },
    ],
  },
});

const unitOf = (name: Metric): string => /Milliseconds$|Seconds$/.exec(name)?.[0] ?? 'Count';
