import type { SecretStore } from './ports';

const LIFE_MS = 60_000;
/** A source without a secret is asked again soon: somebody may be about to give it one. */
const EMPTY_LIFE_MS = 5_000;

/**
 * A store that remembers what it read for at most a minute, and asks once however many deliveries
 * wait. A failed read is never remembered: the next delivery asks again.
 */
export function cacheSecrets(store: SecretStore, now: () => number = Date.now): SecretStore {
  const fresh = new Map<string, { readonly secrets: readonly string[]; readonly until: number }>();
  const underway = new Map<string, Promise<readonly string[]>>();

  const fetch = async (source: string): Promise<readonly string[]> => {
    try {
      const asked = now();
      const secrets = await store.read(source);
      fresh.set(source, { secrets, until: asked + (secrets.length > 0 ? LIFE_MS : EMPTY_LIFE_MS) });
      return secrets;
    } finally {
      underway.delete(source);
    }
  };

  return {
    async read(source) {
      const cached = fresh.get(source);
      if (cached && now() < cached.until) return cached.secrets;
      const reading = underway.get(source) ?? fetch(source);
      underway.set(source, reading);
      return reading;
    },
  };
}
