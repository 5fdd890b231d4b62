import { parseJson } from '../decode-json';
import { isTooDeep } from '../nesting';
import type { JsonObject } from '../read';
import { rewrite } from '../rewrite';

/** The customer's own data, which may need a token of the customer's own. */
const CONTENT: ReadonlySet<string> = new Set(['rowData', 'row_data']);

/**
 * The body without the access tokens that addresses of masks and frames carry in their query,
 * wherever an address stands: also in the JSON text that is the content of a v1 label.
 */
export const redact = (body: JsonObject): JsonObject => redactValue(body) as JsonObject;

const redactValue = (value: unknown): unknown =>
  rewrite(value, (member, name) =>
    typeof member === 'string' && !CONTENT.has(name) ? redactText(member, name) : member,
  );

/** An escape in JSON text can hide a letter of the name. */
const MAY_NAME_TOKEN = /token|%[67]|\\u00[467]/i;

function redactText(text: string, name: string): string {
  if (!MAY_NAME_TOKEN.test(text)) return text;
  if (/^\s*https?:\/\//i.test(text)) return withoutToken(text);
  if (name !== 'label' && !/^\s*[[{]/.test(text)) return text;
  const content = parseJson(text);
  if (typeof content !== 'object' || content === null || isTooDeep(content)) {
    return withoutTokens(text);
  }
  const redacted = redactValue(content);
  return redacted === content ? text : JSON.stringify(redacted);
}

/** An address without the parameter; a query that holds nothing else goes with it. */
function withoutToken(address: string): string {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(address) ?? [];
  const parameters = query.match(/[^&;]+[&;]?|[&;]/g) ?? [];
  const kept = parameters.filter((parameter) => !isToken(parameter));
  if (kept.length === parameters.length) return address;
  const rest = kept.join('').replace(/[&;]$/, '');
  return `${base}${rest && `?${rest}`}${fragment}`;
}

function isToken(parameter: string): boolean {
  const [name = ''] = parameter.split('=');
  return (
    name
      .replace(/%([67][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      .toLowerCase() === 'token'
  );
}

/** Addresses in text that is no JSON, or too deep to be read as such: escapes are undone first. */
const withoutTokens = (text: string): string =>
  text
    .replace(/\\u00([2-7][0-9a-f])/gi, (escaped, hex) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return /["\\]/.test(character) ? escaped : character;
    })
    .replace(/https?:\/\/[^\s"'\\<>]+/gi, withoutToken);
