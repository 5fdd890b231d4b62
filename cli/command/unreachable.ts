const UNREACHABLE = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|EHOSTUNREACH/;

/** A connection error of Node.js. For a name with several addresses, `errors` has one error for each. */
interface Failure extends NodeJS.ErrnoException {
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
  readonly errors?: readonly Failure[];
}

/**
 * Explains a failed connection, such as `nothing answers at 127.0.0.1:3000 (ECONNREFUSED)`. Only the host is shown,
 * since the rest of a URL may be secret.
 *
 * @returns undefined if neither the error nor its cause is a failed connection
 */
export function unreachable(error: Error): string | undefined {
  const failures = [error, error.cause].filter((each): each is Failure => each instanceof Error);
  const failure = failures.find(({ code = '' }) => UNREACHABLE.test(code));
  if (!failure) return undefined;
  const { hostname, address = hostname, port } = failure.errors?.[0] ?? failure;
  const place = [address, port].filter(Boolean).join(':');
  return `nothing answers ${place ? `at ${place}` : 'there'} (${failure.code})`;
}
