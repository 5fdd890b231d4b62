const UNREACHABLE = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|EHOSTUNREACH/;

/** What Node.js tells of a connection: by an address, or of a name with several in `errors`. */
interface Failure extends NodeJS.ErrnoException {
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
  readonly errors?: readonly Failure[];
}

/**
 * `nothing answers at 127.0.0.1:3000 (ECONNREFUSED)`, of an error or what caused it; the host alone is
 * shown, since the rest of a URL may be secret.
 *
 * @returns undefined of an error that is no failed connection
 */
export function unreachable(error: Error): string | undefined {
  const failures = [error, error.cause].filter((each): each is Failure => each instanceof Error);
  const failure = failures.find(({ code = '' }) => UNREACHABLE.test(code));
  if (!failure) return undefined;
  const { hostname, address = hostname, port } = failure.errors?.[0] ?? failure;
  const place = [address, port].filter(Boolean).join(':');
  return `nothing answers ${place ? `at ${place}` : 'there'} (${failure.code})`;
}
