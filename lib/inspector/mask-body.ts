import { isTooDeep } from '../json/nesting';
import type { JsonObject } from '../json/read';
import type { Platform } from '../platforms/platform';
import type { ShownBody } from './delivery';

/**
 * The text of a body without what its platform counts as secret.
 *
 * @param body as it was sent, or its beginning
 */
export function maskBody(body: Uint8Array, platform: Platform): ShownBody {
  const text = Buffer.from(body).toString();
  const parsed = decode(body, platform);
  if (!parsed || parsed.some(isTooDeep)) return unread(text, platform);
  const redacted = parsed.map((each) => platform.redact(each));
  const written = JSON.stringify(redacted.length === 1 ? redacted[0] : redacted);
  const isUnchanged = redacted.every((each, index) => each === parsed[index]);
  if (isUnchanged && !hidesMembers(text, written, platform)) return { text };
  return { text: written, note: 'Secrets were taken out, and the text was written anew.' };
}

/** Only the last of two members with one name is read. The first one may be a secret. */
const hidesMembers = (text: string, written: string, { largeShape }: Platform): boolean =>
  largeShape?.mayHaveSecrets(text) !== false && quotesIn(text) > quotesIn(written);

const quotesIn = (text: string): number => text.split('"').length;

function decode(body: Uint8Array, platform: Platform): JsonObject[] | undefined {
  try {
    return platform.decode(body);
  } catch {
    return undefined;
  }
}

/** A body that cannot be read in parts is shown if it cannot hold a secret. In UTF-16, no name would be found. */
function unread(text: string, { largeShape }: Platform): ShownBody {
  const note = 'This is no JSON that the platform sends, or only its beginning.';
  if (largeShape && !largeShape.mayHaveSecrets(text) && !text.includes('\0')) return { text, note };
  return {
    text: '',
    note: `${note} It may hold secrets that cannot be found, so it is not shown.`,
  };
}
