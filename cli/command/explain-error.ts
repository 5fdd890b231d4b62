import { LabelrelayError } from '../../lib/errors';
import { withoutSecrets } from '../terminal/conceal';
import { plain } from '../terminal/plain';

/** What is wrong with what AWS answered, by the name of its error, and what mends it. */
const BY_NAME: readonly [RegExp, string][] = [
  [
    /^(CredentialsProviderError|UnrecognizedClient|InvalidClientTokenId|ExpiredToken|InvalidSignature|SignatureDoesNotMatch)/,
    'AWS does not take the credentials: set AWS_PROFILE, or log in again, and try `aws sts get-caller-identity`',
  ],
  [/^AccessDenied/, 'AWS does not allow it to these credentials'],
  [/^(Throttl|TooManyRequests|RequestThrottled)/, 'AWS asks for fewer calls: wait a minute'],
  [/^(TimeoutError|AbortError)/, 'no answer in time: try again'],
];

const UNREACHABLE = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET/;

/** For a person: what went wrong, and what mends it. Others' text in it can neither steer nor tell secrets. */
export const explainError = (error: unknown): string =>
  explain(error)
    .split('\n')
    .map((line) => plain(withoutSecrets(line)))
    .join('\n');

function explain(error: unknown): string {
  if (error instanceof LabelrelayError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code && UNREACHABLE.test(code)) {
    return `nothing answers there (${code}): see whether the address is right, and \`npm start\` runs if it is that`;
  }
  const known = BY_NAME.find(([name]) => name.test(error.name));
  return known
    ? `${known[1]} (${error.name}: ${error.message})`
    : `${error.name}: ${error.message}`;
}
