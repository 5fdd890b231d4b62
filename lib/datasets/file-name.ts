import { createHash } from 'node:crypto';

/** File systems take 255 bytes. A format may add an ending of its own. */
const MAX_BYTES = 200;
/** A longer name is cut to so many characters. */
const KEPT = 30;

/**
 * The last segment of the URL without its query, else the external id, else the row's own id. Label
 * Studio's local files are named in the query: `/data/local-files/?d=<path>`.
 */
export function fileName(
  { url = '', externalId = '', rowId }: { url?: string; externalId?: string; rowId?: string },
  row: string,
): string {
  const local = /[?&]d=([^&#]+)/.exec(url)?.[1] ?? '';
  const named = [pathOf(url), local, externalId].map(lastSegment).find((name) => safeName(name));
  return safeName(named ?? rowId ?? row) || 'picture';
}

/** A URL without its query. One that is the picture itself names nothing. */
export const pathOf = (url: string): string =>
  /^data:/i.test(url) ? '' : (url.split(/[?#]/, 1)[0] ?? '');

const lastSegment = (path: string): string => path.split(/[/\\]/).at(-1) ?? '';

/** A name of a file and nothing else: no folder, no control character, not hidden, and not too long. */
export function safeName(text: string): string {
  const name = text
    .replace(/[/\\]/g, '-')
    .replace(/\p{Cc}/gu, '_')
    .replace(/^\.+/, '');
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const digest = createHash('sha256').update(name).digest('hex');
  const ending = /\.\w{1,9}$/.exec(name)?.[0] ?? '';
  return `${[...name].slice(0, KEPT).join('')}~${digest}${ending}`;
}
