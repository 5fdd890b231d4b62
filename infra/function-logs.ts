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

/**
 * Counts errors and slow calls of all functions together from their logs, which costs nothing as long as there are none. An
 * alarm for each function would read three metrics each.
 */
export const functionLogResources = (
  { config: { stage } }: Settings,
  functions: readonly LambdaFunction[],
): Resources => {
  const filter = ({ name }: LambdaFunction, FilterPattern: string): object => ({
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: { Ref: `${logicalName(name)}LogGroup` },
      FilterPattern,
      MetricTransformations: [
        { MetricNamespace: namespaceOf(stage), MetricName: FUNCTION_ERRORS, MetricValue: '1' },
      ],
    },
  });
  const errors = functions.map(
    (each) => [`${logicalName(each.name)}ErrorsFilter`, filter(each, ERROR_LINES)] as const,
  );
  const slow = functions
    .filter((each) => !usesItsTime(each))
    .map((each) => [`${logicalName(each.name)}SlowFilter`, filter(each, slowLines(each))] as const);
  return Object.fromEntries([...errors, ...slow]);
};
