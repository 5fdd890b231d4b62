import { type ErrorCode, LabelrelayError } from '../../errors';
import type { Answer } from './http';

export const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

interface Problem {
  readonly status: number;
  readonly title: string;
  /** Advice, if there is any. */
  readonly detail?: string;
  readonly headers?: Answer['headers'];
}

const UNAVAILABLE: Problem = {
  status: 503,
  title: 'The delivery could not be stored, please send it again',
  headers: { 'retry-after': '5' },
};

/** The answers to errors. Their texts are fixed, so that outsiders do not learn the cause. */
const PROBLEMS: Partial<Record<ErrorCode, Problem>> = {
  'unknown-route': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'too-large': {
    status: 413,
    title: 'The body is larger than this deployment takes',
    detail: 'Whoever runs it can take larger ones with its server: docs/serve.md',
  },
  unauthenticated: { status: 401, title: 'The credentials are missing or wrong' },
  // The sender of these two has gone.
  'cut-off': { status: 400, title: 'The body ended too early' },
  'too-slow': { status: 408, title: 'The body took too long' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  undecodable: { status: 400, title: 'The body must be a JSON object in UTF-8' },
};

/**
 * Decides the answer to an error. An unforeseen error is our fault, and the delivery is not stored: the sender is
 * asked to try again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problem(error: unknown): Answer {
  const known = error instanceof LabelrelayError ? error : undefined;
  const { status, title, detail, headers } = (known && PROBLEMS[known.code]) ?? UNAVAILABLE;
  const { allow, limit } = known?.details ?? {};
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers, ...(allow && { allow }) },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, limit }),
  };
}
