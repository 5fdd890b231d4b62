import { parseJson } from '../decode-json';
import { isTooDeep } from '../nesting';
import type { JsonObject } from '../read';
import { rewrite } from '../rewrite';

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

/** An escape, of an address or of JSON text, can hide a letter of the name. */
const MAY_NAME_TOKEN = /token|%[67]|\\u00[467]/i;

function redactText(text: string, name: string): string {
  if (!MAY_NAME_TOKEN.test(text)) return text;
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

/** An address without the parameter, whatever separates it from the others. */
function withoutToken(address: string): string {
  const [base = '', ...parameters] = address.split(/(?=[?&;#])/);
  let result = base;
  // What opens the query or the fragment, where the parameter behind it is taken out.
  let opening = '';
  for (const parameter of parameters) {
    const separator = parameter.charAt(0);
    if (isToken(parameter.slice(1))) {
      if (separator === '?' || separator === '#') opening = separator;
    } else {
      const follows = separator === '&' || separator === ';';
      result += follows && opening ? opening + parameter.slice(1) : parameter;
      opening = '';
    }
  }
  return result;
}

function isToken(parameter: string): boolean {
  const [name = ''] = parameter.split('=');
  const plain = name.replace(/%([67][0-9a-f])/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return plain.toLowerCase() === 'token';
}

/** Addresses in text that is no JSON, or too deep to be read as such: escapes are undone first. */
const withoutTokens = (text: string): string =>
  text
    .replace(/\\u00([2-7][0-9a-f])/gi, (escaped, hex) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return /["\\]/.test(character) ? escaped : character;
    })
    .replace(/[a-z][a-z0-9+.-]*:\/\/[^\s"'\\<>]+/gi, withoutToken);
