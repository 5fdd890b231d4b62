import type { Headers, Platform } from '../platforms/platform';
import type { Scheme } from '../platforms/scheme';
import type { ShownHeader } from './delivery';

/** Headers whose values are shown, beside those that the platform reads. Any other may be a credential. */
const SHOWN: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expect',
  'host',
  'sec-fetch-mode',
  'traceparent',
  'transfer-encoding',
  'user-agent',
  'x-amzn-trace-id',
]);

/** The longest value that is shown whole. */
const MAX_VALUE = 1_024;

/** The headers of a request. Only the length and the form are kept of a value that may be a credential. */
export function maskHeaders(headers: Headers, platform?: Platform): ShownHeader[] {
  const schemes = platform?.schemes ?? [];
  return Object.entries(headers).flatMap(([name, value]): ShownHeader[] => {
    if (value === undefined) return [];
    const scheme = schemes.find(({ header }) => header === name);
    const isShown = !scheme && (SHOWN.has(name) || platform?.headers.includes(name));
    return isShown
      ? [{ name, value: value.slice(0, MAX_VALUE), isMasked: false }]
      : [{ name, value: mask(value, scheme), isMasked: true }];
  });
}

/** Says whether a credential has the form that is expected of it, and how long it is. */
function mask(value: string, scheme: Scheme | undefined): string {
  const form = scheme && formOf(value, scheme);
  return `${form ?? ''}•••••••• (${value.length - (form?.length ?? 0)} characters)`;
}

function formOf(value: string, scheme: Scheme): string | undefined {
  if ('shown' in scheme) return /^(Bearer|Basic) +/i.exec(value)?.[0];
  const { prefix } = scheme;
  return prefix && value.startsWith(prefix) ? prefix : undefined;
}
