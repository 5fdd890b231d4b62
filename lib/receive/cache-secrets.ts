import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../errors';
import type { Secret } from '../platforms/secret';
import type { SecretStore } from './ports';

/** How long what was read is believed without asking again. */
const LIFE_MS = 60_000;
/** A source without a secret is asked again soon: somebody may be about to give it one. */
const EMPTY_LIFE_MS = 5_000;
/** How often at most a source is asked because credentials match nothing that is remembered. */
const REFRESH_MS = 10_000;
/** How often the store is asked while it is down, */
const RETRY_MS = 1_000;
/** after it has failed so often where nothing is remembered: it may be back for the next delivery. */
const QUICK_RETRIES = 5;
/** What is remembered goes on when the store takes longer than that. */
const PATIENCE_MS = 200;

/** Reads every secret of a source, the current one first. @throws when it cannot be known */
export type ReadSecrets = (source: string) => Promise<readonly Secret[]>;

interface Memory {
  /** The last that was read; undefined before that. */
  secrets?: readonly Secret[];
  readAt: number;
  /** When the store was last asked, whether it answered or not. */
  askedAt: number;
  /** How often it failed since it last answered. */
  failures: number;
  underway?: Promise<readonly Secret[]>;
}

/**
 * Remembers what was read, and asks once however many deliveries wait. While the store cannot be
 * reached, a secret that is remembered goes on. What a failed read said is never remembered, only
 * that it is not the time to ask again.
 */
export function cacheSecrets(readSecrets: ReadSecrets, now: () => number = Date.now): SecretStore {
  const memories = new Map<string, Memory>();
  const memoryOf = (source: string): Memory => {
    const memory = memories.get(source) ?? { readAt: 0, askedAt: -REFRESH_MS, failures: 0 };
    memories.set(source, memory);
    return memory;
  };

  const ask = (source: string, memory: Memory): Promise<readonly Secret[]> => {
    if (memory.underway) return memory.underway;
    const askedAt = now();
    memory.askedAt = askedAt;
    const reading = readSecrets(source)
      .then((secrets) => {
        Object.assign(memory, { secrets, readAt: askedAt, failures: 0 });
        return secrets;
      })
      .catch((error) => {
        memory.failures++;
        throw error;
      })
      .finally(() => {
        memory.underway = undefined;
      });
    memory.underway = reading;
    return reading;
  };
  const mustWait = ({ secrets, askedAt, failures }: Memory): boolean =>
    failures >= (secrets ? 1 : QUICK_RETRIES) && now() < askedAt + RETRY_MS;

  return {
    async read(source) {
      const memory = memoryOf(source);
      const { secrets = [], readAt, underway } = memory;
      if (secrets.length > 0) {
        if (now() < readAt + LIFE_MS || mustWait(memory)) return secrets;
        const answer = ask(source, memory).catch(() => secrets);
        return Promise.race([answer, setTimeout(PATIENCE_MS, secrets)]);
      }
      if (memory.secrets && now() < readAt + EMPTY_LIFE_MS) return secrets;
      if (!underway && mustWait(memory)) {
        throw new LabelrelayError(
          'unavailable',
          'expected the store to answer, it has just failed',
        );
      }
      return ask(source, memory);
    },

    async refresh(source) {
      const memory = memoryOf(source);
      // What is being read may be what there is to know.
      if (!memory.underway && now() < memory.askedAt + REFRESH_MS) return undefined;
      return ask(source, memory).catch(() => undefined);
    },
  };
}
