import { LabelrelayError } from '../../lib/errors';
import { withoutSecrets } from '../terminal/conceal';
import { plain } from '../terminal/plain';
import { whyDenied } from './denied';
import { unreachable } from './unreachable';

const DENIED = {
  wrong:
    'AWS does not take the credentials: set AWS_PROFILE, or log in again, and try `aws sts get-caller-identity`',
  'too little': 'AWS does not allow it to these credentials',
} as const;

/** What else is wrong with what AWS answered, by the name of its error, and what mends it. */
const BY_NAME: readonly [RegExp, string][] = [
  [/^(Throttl|TooManyRequests|RequestThrottled)/, 'AWS asks for fewer calls: wait a minute'],
  [/^(TimeoutError|AbortError)/, 'no answer in time: try again'],
];

/** For a person: what went wrong, and what mends it. Others' text in it can neither steer nor tell secrets. */
export const explainError = (error: unknown): string =>
  explain(error)
    .split('\n')
    .map((line) => plain(withoutSecrets(line)))
    .join('\n');

function explain(error: unknown): string {
  if (error instanceof LabelrelayError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const nobody = unreachable(error);
  if (nobody)
    return `${nobody}: see whether the address is right, and \`npm start\` runs if it is that`;
  // Of `fetch`, whose own message tells nothing.
  if (error.cause instanceof Error) return explain(error.cause);
  const denied = whyDenied(error);
  const known = denied ? DENIED[denied] : BY_NAME.find(([name]) => name.test(error.name))?.[1];
  return known ? `${known} (${error.name}: ${error.message})` : `${error.name}: ${error.message}`;
}
