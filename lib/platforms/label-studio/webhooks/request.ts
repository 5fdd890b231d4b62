import type * as z from 'zod';
import { LabelrelayError } from '../../../errors';
import { isObject } from '../../../json/read';
import { type Call, type Called, call } from '../../../webhook-api/call';
import { expectShape } from '../../../webhook-api/expect-shape';
import { PRIVATE_ADDRESS_FIX } from './private-address-fix';

export interface LabelStudioSettings {
  /** The URL of the server, such as `https://app.example.com`. */
  readonly url: string;
  /** A personal access token, or a legacy token. */
  readonly apiKey: string;
  readonly timeoutMs: number;
  /** Is awaited before each call. */
  readonly pace?: () => Promise<void>;
  /** Gets the headers of each answer. */
  readonly onAnswer?: (headers: Headers) => void;
  /** How often a call that only reads is tried. */
  readonly tries?: number;
}

/** @param shape the shape of the answer */
export type Request = <T>(
  shape: z.ZodType<T>,
  method: Call['method'],
  path: string,
  body?: object,
) => Promise<T>;

/**
 * Calls Label Studio's REST API. A personal access token is a JWT that is exchanged for access tokens of five
 * minutes. A legacy token is used directly.
 *
 * @see https://labelstud.io/guide/access_tokens
 */
export function labelStudioRequest({
  url,
  apiKey,
  timeoutMs,
  tries,
  pace,
  onAnswer,
}: LabelStudioSettings): Request {
  const base = url.replace(/\/$/, '');
  const common = { who: 'Label Studio', timeoutMs, tries };
  const isPersonal = apiKey.split('.').length === 3;
  let authorization: string | undefined = isPersonal ? undefined : `Token ${apiKey}`;

  const refresh = async (): Promise<string> => {
    const path = `${base}/api/token/refresh/`;
    const body = { refresh: apiKey };
    const answer = await call({
      ...common,
      url: path,
      method: 'POST',
      headers: {},
      body,
      isReading: true,
    });
    const { access } = (answer.json ?? {}) as { access?: string };
    if (answer.status !== 200 || !access)
      throw denied('the personal access token is expired or revoked');
    return `Bearer ${access}`;
  };

  const ask = async (method: Call['method'], path: string, body?: object): Promise<Called> => {
    authorization ??= await refresh();
    const headers = { authorization };
    const isReading = method === 'GET';
    await pace?.();
    const answer = await call({ ...common, url: base + path, method, headers, body, isReading });
    onAnswer?.(answer.headers);
    return answer;
  };

  return async (shape, method, path, body) => {
    let answer = await ask(method, path, body);
    if (answer.status === 401 && isPersonal) {
      authorization = undefined;
      answer = await ask(method, path, body);
    }
    return expectShape(shape, expectDone(answer, path), 'Label Studio');
  };
}

function expectDone({ status, json }: Called, path: string): unknown {
  const { detail } = (json ?? {}) as { detail?: unknown };
  if (status >= 200 && status < 300) return json;
  if (status === 401) {
    throw denied(
      /legacy/i.test(String(detail))
        ? 'it has legacy tokens switched off: make a personal access token'
        : 'it does not take the key',
    );
  }
  if (status === 403 && isPrivateAddress(detail)) throw refusesPrivate();
  if (status === 403) throw denied('it does not allow that to the owner of the key');
  if (status === 404) {
    if (!isObject(json)) throw answeredByAnother();
    const what = typeof detail === 'string' ? detail : path;
    throw new LabelrelayError('not-found', `Label Studio does not know it: ${what}`);
  }
  const problem = JSON.stringify(
    (json as { validation_errors?: unknown } | undefined)?.validation_errors ?? detail ?? null,
  );
  throw new LabelrelayError('refused', `Label Studio refused it (${status}): ${problem}`);
}

/** Recognizes the error of `validate_url` in Label Studio 1.23.1 and newer. */
const isPrivateAddress = (detail: unknown): boolean =>
  /reserved network address/i.test(String(detail));

const refusesPrivate = (): LabelrelayError =>
  new LabelrelayError(
    'refused',
    `Label Studio does not send to a private address: ${PRIVATE_ADDRESS_FIX}`,
  );

/** Label Studio's own 404 is JSON. That of a proxy proves nothing. */
const answeredByAnother = (): LabelrelayError =>
  new LabelrelayError(
    'unavailable',
    "expected an answer of Label Studio, got 404 that is not its own: LABEL_STUDIO_URL, or the source's address, leads elsewhere, or Label Studio is down behind a proxy",
  );

const denied = (why: string) =>
  new LabelrelayError(
    'denied',
    `Label Studio at LABEL_STUDIO_URL, or that of the source: ${why}. Account & Settings, Personal Access Token; then set LABEL_STUDIO_API_KEY`,
  );
