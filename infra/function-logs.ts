import { namespaceOf } from '../lib/telemetry';
import { type LambdaFunction, usesItsTime } from './functions';
import { logicalName, type Resources, type Settings } from './settings';

/** The metric of calls of any function that ended in an error, or came close to the timeout. */
export const FUNCTION_ERRORS = 'FunctionErrors';

/**
 * The lines of a call that ended in an error, and of a message that waits for another version of labelrelay.
 * `docs/runbook/function-errors.md` finds them by the same words.
 */
export const ERROR_LINES =
  '?errorType ?"Task timed out" ?OutOfMemory ?"heap out of memory" ?"Runtime exited" ?"unknown-version"';

/** Lambda writes such a line at the end of each call. */
const slowLines = ({ timeout }: LambdaFunction): string =>
  `[type="REPORT", id_name, id, name="Duration:", milliseconds>${800 * timeout}, ...]`;

/** With `alarms: all`: the metric of messages and deliveries that wait for another version of labelrelay. */
export const UNKNOWN_VERSION = 'UnknownVersion';
const UNKNOWN_VERSION_LINES = '"unknown-version"';

/**
 * Counts errors and slow calls of all functions together from their logs, which costs nothing as long as there are none. An
 * alarm for each function would read three metrics each.
 */
export function functionLogResources(
  settings: Settings,
  functions: readonly LambdaFunction[],
): Resources {
  const filter = countLines(settings, FUNCTION_ERRORS);
  const slow = functions.filter((each) => !usesItsTime(each));
  return Object.fromEntries([
    ...functions.map((each) => filter(each, 'Errors', ERROR_LINES)),
    ...slow.map((each) => filter(each, 'Slow', slowLines(each))),
  ]);
}

/** No metric of AWS tells of what waits for another version: no call fails, and no message grows old. */
export function unknownVersionResources(
  settings: Settings,
  functions: readonly LambdaFunction[],
): Resources {
  const filter = countLines(settings, UNKNOWN_VERSION);
  return Object.fromEntries(
    functions.map((each) => filter(each, 'Version', UNKNOWN_VERSION_LINES)),
  );
}

const countLines =
  ({ config: { stage } }: Settings, metric: string) =>
  ({ name }: LambdaFunction, kind: string, FilterPattern: string): [id: string, object] => [
    `${logicalName(name)}${kind}Filter`,
    {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: `${logicalName(name)}LogGroup` },
        FilterPattern,
        MetricTransformations: [
          { MetricNamespace: namespaceOf(stage), MetricName: metric, MetricValue: '1' },
        ],
      },
    },
  ];
