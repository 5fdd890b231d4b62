import { setTimeout as wait } from 'node:timers/promises';
import { LabelrelayError } from '../errors';
import { parseJson } from '../json/decode';

export interface Call {
  /** The name of the platform, for messages. */
  readonly who: string;
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Whether the call only reads. Then it is retried if there is no answer, or 429 or 5xx. */
  readonly isReading: boolean;
  /** Whether the JSON of an answer has the meaning of 429, if the platform has such answers. */
  readonly isBusy?: (json: unknown) => boolean;
  readonly timeoutMs: number;
  /** How often a call that only reads is tried: 3 times by default. */
  readonly tries?: number;
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the answer; undefined if its body is empty. */
  readonly json: unknown;
}

const TRIES = 3;
const LONGEST_WAIT_MS = 30_000;

/**
 * Makes one call to a platform. Redirects are not followed: they would leak the key.
 *
 * @throws LabelrelayError `unavailable` if the platform does not answer, or answers 429 or 5xx
 */
export async function call(asked: Call): Promise<Called> {
  for (let tries = 1; ; tries++) {
    try {
      return checked(await request(asked), asked);
    } catch (error) {
      if (!asked.isReading || tries >= (asked.tries ?? TRIES) || !(error instanceof NoAnswer))
        throw error;
      await wait(Math.min(LONGEST_WAIT_MS, error.waitMs ?? 500 * 2 ** tries));
    }
  }
}

/** The platform did not answer, or answered 429 or 5xx. */
export class NoAnswer extends LabelrelayError {
  /** The time after which the call may be retried, in milliseconds. */
  readonly waitMs?: number;
  /** The status of the answer; undefined if there was none. */
  readonly status?: number;

  constructor(
    message: string,
    { isReading }: Call,
    { waitMs, status, cause }: { waitMs?: number; status?: number; cause?: unknown },
  ) {
    const unknown = isReading
      ? ''
      : '. It is not known whether the change was made: see webhooks list';
    super('unavailable', message + unknown, { cause });
    this.waitMs = waitMs;
    this.status = status;
  }
}

async function request(asked: Call): Promise<Called> {
  const { who, url, method, headers, body, timeoutMs } = asked;
  // `AbortSignal.timeout` would abort a call that has long ended, and keep it in memory until then.
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const answer = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
      redirect: 'manual',
      signal: stop.signal,
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, json: parseJson(text) };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: NodeJS.ErrnoException };
    const what = stop.signal.aborted
      ? `no answer within ${timeoutMs / 1_000} s (--timeout)`
      : `no connection (${cause?.code ?? name})`;
    throw new NoAnswer(
      `expected an answer of ${who} at ${new URL(url).origin}, got ${what}`,
      asked,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

function checked(called: Called, asked: Call): Called {
  const { status, headers, json } = called;
  if (status >= 300 && status < 400) {
    const message = `expected an answer of ${asked.who} at ${new URL(asked.url).origin}, got a redirect: give the address where it really is`;
    throw new LabelrelayError('unavailable', message);
  }
  if (status === 429 || asked.isBusy?.(json)) {
    const seconds = Number(headers.get('retry-after'));
    const message = `${asked.who} asks for fewer calls: try again in ${seconds || 60} s`;
    throw new NoAnswer(message, asked, { waitMs: seconds ? seconds * 1_000 : undefined, status });
  }
  if (status >= 500)
    throw new NoAnswer(`${asked.who} has an internal error (${status}): try again later`, asked, {
      status,
    });
  return called;
}
