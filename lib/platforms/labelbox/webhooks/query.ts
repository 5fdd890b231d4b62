import type * as z from 'zod';
import { LabelrelayError } from '../../../errors';
import { call } from '../../../webhook-api/call';
import { expectShape } from '../../../webhook-api/expect-shape';

/** https://docs.labelbox.com/reference/graphql-api */
const ENDPOINT = 'https://api.labelbox.com/graphql';

interface Failure {
  readonly message?: string;
  readonly extensions?: { readonly code?: string };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly Failure[];
}

/** Whether an answer says that there were too many calls. */
const isBusy = (answer: unknown): boolean => {
  const { message } = (answer ?? {}) as { message?: unknown };
  return typeof message === 'string' && message.startsWith('You have exceeded');
};

export interface LabelboxSettings {
  readonly apiKey: string;
  readonly endpoint?: string;
  readonly timeoutMs: number;
  /** Is awaited before each call. */
  readonly pace?: () => Promise<void>;
  /** Gets the headers of each answer. */
  readonly onAnswer?: (headers: Headers) => void;
  /** How often a call that only reads is tried. */
  readonly tries?: number;
}

/**
 * @param shape the shape of the data
 * @param isReading whether the call may be retried
 * @throws LabelrelayError `denied`, `not-found`, `refused` or `unavailable`
 */
export async function query<T>(
  shape: z.ZodType<T>,
  text: string,
  variables: object,
  { apiKey, endpoint = ENDPOINT, timeoutMs, tries, pace, onAnswer }: LabelboxSettings,
  isReading: boolean = text.startsWith('query'),
): Promise<T> {
  await pace?.();
  const { status, json, headers } = await call({
    who: 'Labelbox',
    url: endpoint,
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}` },
    body: { query: text, variables },
    isReading,
    isBusy,
    timeoutMs,
    tries,
  });
  onAnswer?.(headers);
  const { data, errors = [] } = (json ?? {}) as Answer;
  const [failure] = errors;
  if (failure) throw toError(failure);
  if (status === 401 || status === 403)
    throw toError({ extensions: { code: 'AUTHENTICATION_ERROR' } });
  if (data) return expectShape(shape, data, 'Labelbox');
  throw new LabelrelayError(
    'unavailable',
    `expected an answer of Labelbox, got ${status} without data`,
  );
}

/** Distinguishes the same codes as the platform's own client: labelbox-python, request_client.py. */
function toError({ message = 'no reason given', extensions: { code = 'no code' } = {} }: Failure) {
  if (code === 'AUTHENTICATION_ERROR') {
    return new LabelrelayError(
      'denied',
      'Labelbox does not take the API key: make another under Workspace settings, API keys, and set LABELBOX_API_KEY',
    );
  }
  if (code === 'AUTHORIZATION_ERROR') {
    return new LabelrelayError(
      'denied',
      'Labelbox does not allow it to this API key: webhooks need a key of an administrator, and exports a key that sees the project',
    );
  }
  if (code === 'RESOURCE_NOT_FOUND') {
    return new LabelrelayError('not-found', `Labelbox does not know it: ${message}`);
  }
  return new LabelrelayError('refused', `Labelbox refused it: ${message} (${code})`);
}
