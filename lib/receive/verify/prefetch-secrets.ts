import { setTimeout } from 'node:timers/promises';
import type { Secret } from '../../platforms/secret';
import type { ReadSecrets } from './cache-secrets';

/** How old what was read ahead may be: an instance may be frozen between its start and a delivery. */
const FRESH_MS = 5_000;
/** How long a delivery waits for it, before it asks itself: what was asked before a freeze is lost. */
const PATIENCE_MS = 200;

interface Ahead {
  readonly askedAt: number;
  /** Empty unless secrets were read: all else is left to be found by who needs them. */
  readonly answer: Promise<readonly Secret[]>;
}

/**
 * Asks for the current secret of every source at once, before anybody waits for it. The first read of a
 * source takes what came; if nothing came, nothing was asked.
 */
export function prefetchSecrets(
  readSecrets: ReadSecrets,
  sources: Iterable<string>,
  now: () => number = Date.now,
): ReadSecrets {
  const begin = (source: string): Ahead => ({
    askedAt: now(),
    answer: readSecrets(source, { isWhole: false }).catch(() => []),
  });
  const ahead = new Map([...sources].map((source) => [source, begin(source)]));

  return async (source, extent) => {
    const begun = ahead.get(source);
    ahead.delete(source);
    if (!begun || extent.isWhole || now() >= begun.askedAt + FRESH_MS) {
      return readSecrets(source, extent);
    }
    const secrets = await Promise.race([begun.answer, setTimeout(PATIENCE_MS, [])]);
    return secrets.length > 0 ? secrets : readSecrets(source, extent);
  };
}
