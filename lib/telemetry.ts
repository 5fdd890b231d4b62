import { dimensionsOf, type Metric } from './receive/log/metrics';
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
    const line: Record<string, unknown> = { level, message, ...fields };
    if (metrics.size > 0) embed(stage, metrics, line);
    write(JSON.stringify(line));
  },
});

function embed(
  stage: string,
  metrics: ReadonlyMap<Metric, number>,
  line: Record<string, unknown>,
): void {
  for (const [name, value] of metrics) line[name] = value;
  line._aws = { Timestamp: Date.now(), CloudWatchMetrics: declare(stage, [...metrics.keys()]) };
}

/** The declarations by stage and metrics. Few sets of metrics are written, and each of them often. */
const declared = new Map<string, readonly object[]>();

function declare(stage: string, names: readonly Metric[]): readonly object[] {
  const key = `${stage} ${names}`;
  const known = declared.get(key);
  if (known) return known;
  const declarations = [...byDimensions(names)].map(([dimensions, names]) => ({
    Namespace: namespaceOf(stage),
    Dimensions: JSON.parse(dimensions),
    Metrics: names.map((name) => ({ Name: name, Unit: unitOf(name) })),
  }));
  declared.set(key, declarations);
  return declarations;
}

/** The metrics by their dimensions as JSON. */
function byDimensions(names: readonly Metric[]): Map<string, Metric[]> {
  const sets = new Map<string, Metric[]>();
  for (const name of names) {
    const key = JSON.stringify(dimensionsOf(name));
    sets.set(key, [...(sets.get(key) ?? []), name]);
  }
  return sets;
}

const unitOf = (name: Metric): string => /Milliseconds$|Seconds$/.exec(name)?.[0] ?? 'Count';
