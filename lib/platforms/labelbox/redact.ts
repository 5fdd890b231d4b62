import { parseJson } from '../../json/decode';
import { isTooDeep } from '../../json/nesting';
import type { JsonObject } from '../../json/read';
import { rewrite } from '../../json/rewrite';

/** Members with the customer's own data, whose addresses may need a token of the customer. */
const CONTENT: ReadonlySet<string> = new Set(['rowData', 'row_data']);

/** Members that contain an address in any form. */
const ADDRESSES: ReadonlySet<string> = new Set(['instanceURI', 'frames', 'url', 'uri']);

/**
 * Removes the access tokens from the queries of addresses of masks and frames, at any depth of the body, also in the
 * JSON text of a v1 label.
 */
export const redact = (body: JsonObject): JsonObject =>
  rewrite(body, {
    isLeft: ({ name }) => CONTENT.has(name),
    change: (value, { name }) => (typeof value === 'string' ? redactText(value, name) : value),
  });

/**
 * Whether a text may contain a token parameter. An escape of a URL or of JSON can hide a letter of its name. A single
 * expression for all of that takes five times as long, and most labels have no token.
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
  // The content is wrapped in an object, since it can be a list.
  const redacted = redact({ content }).content;
  return redacted === content ? text : JSON.stringify(redacted);
}

/** The parameter `token` in any case, with any of its letters escaped, and its value. */
const PARAMETER =
  '(?:t|%[57]4)(?:o|%[46]f)(?:k|%[46]b)(?:e|%[46]5)(?:n|%[46]e)(?:=[^?&;#]*)?(?=[?&;#]|$)';
/** One or several such parameters in a row, with the separators before and after them. */
const TOKENS = new RegExp(`([?&;#])${PARAMETER}(?:[&;]${PARAMETER})*([&;]?)`, 'gi');

/** Removes the parameter from an address, with any separator. */
const withoutToken = (address: string): string =>
  address.replace(TOKENS, (_, before: string, behind: string) =>
    // A `?` or `#` stays in front of the rest of the query or fragment.
    behind && /[?#]/.test(before) ? before : behind,
  );

/**
 * Removes tokens from addresses in a text that is no JSON, or too deeply nested to parse. Escapes are decoded first.
 * The search starts from the part after the scheme: a search for the scheme would restart at every letter.
 */
const withoutTokens = (text: string): string =>
  text
    .replace(/\\u00([2-7][0-9a-f])/gi, (escaped, hex) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return /["\\]/.test(character) ? escaped : character;
    })
    .replace(/:\/\/[^\s"'\\<>]+/g, withoutToken);
