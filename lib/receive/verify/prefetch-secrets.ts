import { setTimeout } from 'node:timers/promises';
import type { Secret } from '../../platforms/secret';
import type { ReadSecrets } from './cache-secrets';

/** The life of a prefetched secret. An instance may be frozen between its start and a delivery. */
const FRESH_MS = 5_000;
/** The time after which a delivery reads the secret itself. A request from before a freeze is lost. */
const WAIT_MS = 200;

interface Ahead {
  readonly askedAt: number;
  /** Empty if the read failed. The delivery that needs the secret reads it then. */
  readonly answer: Promise<readonly Secret[]>;
}

/**
 * Reads the current secret of every source while the process starts. The first read of a source uses the result, if
 * there is one.
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
    const secrets = await Promise.race([begun.answer, setTimeout(WAIT_MS, [])]);
    return secrets.length > 0 ? secrets : readSecrets(source, extent);
  };
}
