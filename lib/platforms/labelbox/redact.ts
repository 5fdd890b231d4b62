import { parseJson } from '../decode-json';
import { isTooDeep } from '../nesting';
import type { JsonObject } from '../read';
import { rewrite } from '../rewrite';

/** Members that hold the address of a mask, of a video's frames, or of a composite mask. */
const ADDRESSES: ReadonlySet<string> = new Set(['instanceURI', 'frames', 'url']);
const LABELBOX_URL = /^https?:\/\/[^/?#]*\blabelbox\.com\b/i;

/** The body without the access tokens that addresses of masks and frames carry in their query. */
export const redact = (body: JsonObject): JsonObject => redactValue(body) as JsonObject;

const redactValue = (value: unknown): unknown =>
  rewrite(value, (member, name) =>
    typeof member === 'string' ? redactText(name, member) : member,
  );

function redactText(key: string, text: string): string {
  if (!text.includes('token')) return text;
  if (ADDRESSES.has(key) || LABELBOX_URL.test(text)) return withoutToken(text);
  return key === 'label' ? redactLabel(text) : text;
}

/** The content of a v1 label is JSON in a string, with addresses of its own. */
function redactLabel(text: string): string {
  const content = parseJson(text);
  if (typeof content !== 'object' || isTooDeep(content)) return withoutToken(text);
  const redacted = redactValue(content);
  return redacted === content ? text : JSON.stringify(redacted);
}

/** Without every `token` in a query; a query that holds nothing else goes with it. */
const withoutToken = (text: string): string =>
  text.replace(
    /([?&])(?:token=[^&#"'\\\s]*(?:&|(?=$|[#"'\\\s])))+/g,
    (tokens, separator: string) => (tokens.endsWith('&') ? separator : ''),
  );
