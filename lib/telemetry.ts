import type { Metric } from './receive/log/metrics';
import type { Telemetry } from './receive/ports';

/** Where the metrics of a stage are in CloudWatch. */
export const namespaceOf = (stage: string): string => `labelrelay/${stage}`;

/**
 * One JSON line for each log entry. Its metrics go along in CloudWatch's embedded metric format,
 * which costs no call.
 *
 * @param write takes one line, without its end
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
        // Of each source, and of all together.
        Dimensions: 'source' in line ? [['source'], []] : [[]],
        Metrics: [...metrics.keys()].map((name) => ({ Name: name, Unit: unitOf(name) })),
      },
    ],
  },
});

const unitOf = (name: Metric): string => /Milliseconds$|Seconds$/.exec(name)?.[0] ?? 'Count';
