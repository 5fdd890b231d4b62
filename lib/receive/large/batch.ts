import { LabelrelayError } from '../../errors';
import { parseJson } from '../../platforms/decode-json';
import type { Platform } from '../../platforms/platform';
import type { Hole } from './hole';

/** Some items of a hole. */
export interface Batch {
  /** As they came, with commas between them. */
  readonly text: string;
  readonly items: unknown[];
  /** Without what must not travel on; the same list when there was nothing of that. */
  readonly redacted: unknown[];
}

/**
 * @param isFirst whether no items of the hole came before: a list of no items has no comma
 * @throws LabelrelayError `undecodable`, or `not-streamable` when only JSON in text is none
 */
export function toBatch(hole: Hole, text: string, isFirst: boolean, platform: Platform): Batch {
  const items = parseJson(`[${text}]`);
  if (!Array.isArray(items) || (items.length === 0 && !isFirst)) {
    throw new LabelrelayError(
      hole.isInText ? 'not-streamable' : 'undecodable',
      'expected JSON, got something else in a long list',
    );
  }
  if (!platform.largeShape?.mayHaveSecrets(text)) return { text, items, redacted: items };
  const name = hole.path.at(-1) ?? '';
  return { text, items, redacted: platform.redact({ [name]: items })[name] as unknown[] };
}
