import { parseJson } from '../decode-json';
import { isTooDeep } from '../nesting';
import { isObject, type JsonObject } from '../read';

/** Members that hold the address of a mask, of a video's frames, or of a composite mask. */
const ADDRESSES: ReadonlySet<string> = new Set(['instanceURI', 'frames', 'url']);
const LABELBOX_URL = /^https?:\/\/[^/?#]*\blabelbox\.com\b/i;

/**
 * The body without the access tokens that addresses of masks and frames can carry in their query.
 * What carries none is shared with the body, not copied.
 */
export const redact = (body: JsonObject): JsonObject => redactMembers(body) as JsonObject;

function redactMembers(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(redactMembers);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  let changed: Record<string, unknown> | undefined;
  for (const key in value) {
    const before = value[key];
    const after = typeof before === 'string' ? redactText(key, before) : redactMembers(before);
    if (after !== before) {
      changed ??= { ...value };
      changed[key] = after;
    }
  }
  return changed ?? value;
}

function redactText(key: string, text: string): string {
  if (!text.includes('token')) return text;
  if (ADDRESSES.has(key) || LABELBOX_URL.test(text)) return withoutToken(text);
  return key === 'label' ? redactLabel(text) : text;
}

/** The content of a v1 label is JSON in a string, with addresses of its own. */
function redactLabel(text: string): string {
  const content = parseJson(text);
  if (typeof content !== 'object' || isTooDeep(content)) return withoutToken(text);
  const redacted = redactMembers(content);
  return redacted === content ? text : JSON.stringify(redacted);
}

/** Without every `token` in a query; a query that holds nothing else goes with it. */
const withoutToken = (text: string): string =>
  text.replace(
    /([?&])(?:token=[^&#"'\\\s]*(?:&|(?=$|[#"'\\\s])))+/g,
    (tokens, separator: string) => (tokens.endsWith('&') ? separator : ''),
  );
