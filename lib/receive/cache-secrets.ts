import type { Secret } from '../platforms/secret';
import type { SecretStore } from './ports';

/** How long what was read is believed without asking again. */
const LIFE_MS = 60_000;
/** A source without a secret is asked again soon: somebody may be about to give it one. */
const EMPTY_LIFE_MS = 5_000;
/** How often at most a source is asked because credentials match nothing that is remembered. */
const REFRESH_MS = 10_000;
/** How often the store is asked while it is down. */
const RETRY_MS = 1_000;

/** Reads every secret of a source, the current one first. @throws when it cannot be known */
export type ReadSecrets = (source: string) => Promise<readonly Secret[]>;

interface Memory {
  secrets: readonly Secret[];
  readAt: number;
  /** When the store was last asked, whether it answered or not. */
  askedAt: number;
}

/**
 * Remembers what was read, and asks once however many deliveries wait. While the store cannot be
 * reached, a secret that is remembered goes on; a failed read is never remembered.
 */
export function cacheSecrets(readSecrets: ReadSecrets, now: () => number = Date.now): SecretStore {
  const memories = new Map<string, Memory>();
  const underway = new Map<string, Promise<readonly Secret[]>>();

  const fetch = (source: string): Promise<readonly Secret[]> => {
    const askedAt = now();
    const memory = memories.get(source);
    if (memory) memory.askedAt = askedAt;
    const reading = readSecrets(source)
      .then((secrets) => {
        memories.set(source, { secrets, readAt: askedAt, askedAt });
        return secrets;
      })
      .finally(() => underway.delete(source));
    underway.set(source, reading);
    return reading;
  };
  const ask = (source: string) => underway.get(source) ?? fetch(source);

  return {
    async read(source) {
      const memory = memories.get(source);
      if (!memory) return ask(source);
      const { secrets, readAt, askedAt } = memory;
      if (secrets.length === 0) return now() < readAt + EMPTY_LIFE_MS ? secrets : ask(source);
      if (now() < readAt + LIFE_MS) return secrets;
      if (askedAt > readAt && now() < askedAt + RETRY_MS) return secrets;
      return ask(source).catch(() => secrets);
    },

    async refresh(source) {
      const memory = memories.get(source);
      if (memory && now() < memory.askedAt + REFRESH_MS) return undefined;
      return ask(source).catch(() => undefined);
    },
  };
}
