import { parseJson } from '../../json/decode';
import { isTooDeep } from '../../json/nesting';
import type { JsonObject } from '../../json/read';
import { rewrite } from '../../json/rewrite';

/** The customer's own data, which may need a token of the customer's own. */
const CONTENT: ReadonlySet<string> = new Set(['rowData', 'row_data']);

/** Members that hold an address, however it is written. */
const ADDRESSES: ReadonlySet<string> = new Set(['instanceURI', 'frames', 'url', 'uri']);

/**
 * The body without the access tokens that addresses of masks and frames carry in their query,
 * wherever an address stands: also in the JSON text that is the content of a v1 label.
 */
export const redact = (body: JsonObject): JsonObject => redactMembers(body) as JsonObject;

const redactMembers = (holder: object): object =>
  rewrite(holder, {
    isLeft: ({ name }) => CONTENT.has(name),
    change: (value, { name }) => (typeof value === 'string' ? redactText(value, name) : value),
  });

/**
 * Whether a text may name a token. An escape, of an address or of JSON text, can hide a letter of the name.
 * One expression for all of that takes five times as long, and most labels name none.
 */
export const mayNameToken = (text: string): boolean =>
  /[tT][oO][kK][eE][nN]/.test(text) ||
  (text.includes('%') && /%[4-7]/.test(text)) ||
  (text.includes('\\') && /\\u00[4-7]/i.test(text));

function redactText(text: string, name: string): string {
  if (!mayNameToken(text)) return text;
  if (ADDRESSES.has(name) || /^\s*([a-z][a-z0-9+.-]*:)?\/\//i.test(text)) return withoutToken(text);
  if (name !== 'label' && !/^\s*[[{]/.test(text)) return text;
  const content = parseJson(text);
  if (typeof content !== 'object' || content === null || isTooDeep(content)) {
    return withoutTokens(text);
  }
  // In an object of its own, since the content can be a list.
  const redacted = (redactMembers({ content }) as { content: unknown }).content;
  return redacted === content ? text : JSON.stringify(redacted);
}

/** `token` in any case and with any letter of it escaped, with its value. */
const PARAMETER =
  '(?:t|%[57]4)(?:o|%[46]f)(?:k|%[46]b)(?:e|%[46]5)(?:n|%[46]e)(?:=[^?&;#]*)?(?=[?&;#]|$)';
/** That parameter, or several in a row, with what separates them from the ones before and behind. */
const TOKENS = new RegExp(`([?&;#])${PARAMETER}(?:[&;]${PARAMETER})*([&;]?)`, 'gi');

/** An address without the parameter, whatever separates it from the others. */
const withoutToken = (address: string): string =>
  address.replace(TOKENS, (_, before: string, behind: string) =>
    // What opened the query or the fragment opens what is left of it.
    behind && /[?#]/.test(before) ? before : behind,
  );

/**
 * Addresses in text that is no JSON, or too deep to be read as such: escapes are undone first. Each is
 * found by what follows its scheme: a scheme would be looked for anew at every letter of a long text.
 */
const withoutTokens = (text: string): string =>
  text
    .replace(/\\u00([2-7][0-9a-f])/gi, (escaped, hex) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return /["\\]/.test(character) ? escaped : character;
    })
    .replace(/:\/\/[^\s"'\\<>]+/g, withoutToken);
