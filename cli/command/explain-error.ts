import { LabelrelayError } from '../../lib/errors';
import { withoutSecrets } from '../terminal/conceal';
import { plain } from '../terminal/plain';
import { whyDenied } from './denied';
import { unreachable } from './unreachable';

const DENIED = {
  wrong:
    'AWS does not accept the credentials: set AWS_PROFILE, or log in again, and try `aws sts get-caller-identity`',
  'too little': 'AWS does not allow this call with these credentials',
} as const;

/** Other errors of AWS by name, each with its fix. */
const BY_NAME: readonly [RegExp, string][] = [
  [/^(Throttl|TooManyRequests|RequestThrottled)/, 'AWS asks for fewer calls: wait a minute'],
  [/^(TimeoutError|AbortError)/, 'no answer in time: try again'],
];

/** A message for a person, with the fix. It contains no secrets and no control characters from outside texts. */
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
    return `${nobody}: check the address, and whether \`npm start\` runs if it is a local one`;
  // The message of `fetch` says nothing, but its cause does.
  if (error.cause instanceof Error) return explain(error.cause);
  const denied = whyDenied(error);
  const known = denied ? DENIED[denied] : BY_NAME.find(([name]) => name.test(error.name))?.[1];
  return known ? `${known} (${error.name}: ${error.message})` : `${error.name}: ${error.message}`;
}
