import { type ErrorCode, LabelrelayError } from '../errors';
import type { Answer } from './http';

export const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** What outsiders get for an error: fixed texts, so that nothing is said of why. */
const PROBLEMS: Record<ErrorCode, { status: number; title: string; headers?: Answer['headers'] }> =
  {
    'unknown-route': { status: 404, title: 'There is nothing here' },
    'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
    'too-large': { status: 413, title: 'The body is larger than this deployment takes' },
    unauthenticated: { status: 401, title: 'The credentials are missing or wrong' },
    'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
    undecodable: { status: 400, title: 'The body must be a JSON object in UTF-8' },
    unavailable: {
      status: 503,
      title: 'The delivery could not be stored, please send it again',
      headers: { 'retry-after': '5' },
    },
    'invalid-configuration': { status: 500, title: 'This deployment is not configured' },
  };

/**
 * The one place that decides what an error is answered with. Whatever was not foreseen is ours, and
 * the delivery is not stored: the sender is asked to try again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problem(error: unknown): Answer {
  const code = error instanceof LabelrelayError ? error.code : 'unavailable';
  const { status, title, headers } = PROBLEMS[code];
  const details = error instanceof LabelrelayError ? error.details : undefined;
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...headers,
      ...(details?.allow && { allow: details.allow }),
    },
    body: JSON.stringify({ type: 'about:blank', title, status, limit: details?.limit }),
  };
}
