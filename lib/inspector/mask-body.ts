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
  if (redacted.every((each, index) => each === parsed[index])) return { text };
  return {
    text: JSON.stringify(redacted.length === 1 ? redacted[0] : redacted),
    note: 'Secrets were taken out, and the text was written anew.',
  };
}

function decode(body: Uint8Array, platform: Platform): JsonObject[] | undefined {
  try {
    return platform.decode(body);
  } catch {
    return undefined;
  }
}

/** A body that cannot be read in parts is shown if it cannot hold a secret. */
function unread(text: string, { largeShape }: Platform): ShownBody {
  const note = 'This is no JSON that the platform sends, or only its beginning.';
  if (largeShape && !largeShape.mayHaveSecrets(text)) return { text, note };
  return {
    text: '',
    note: `${note} It may hold secrets that cannot be found, so it is not shown.`,
  };
}
