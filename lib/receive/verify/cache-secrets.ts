import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../../errors';
import type { Secret } from '../../platforms/secret';
import type { KnownSecrets, SecretStore } from '../ports';

/** The life of a cached secret. */
const LIFE_MS = 60_000;
/** The life of the result that a source has no secret. It is short: somebody may be about to store one. */
const EMPTY_LIFE_MS = 5_000;
/** The age from which credentials that match no cached secret cause another read. */
const REFRESH_MS = 10_000;
/** The pause between reads while the store is down. */
const RETRY_MS = 1_000;
/** The number of reads without a pause if no secret is cached: the store may be back for the next delivery. */
const QUICK_RETRIES = 5;
/** The time after which a cached secret is used although its life is over, since the store is slow. */
const SLOW_MS = 200;
/** The age from which the store is waited for: a frozen instance may have cached a secret that was revoked since. */
const STALE_MS = 300_000;

/**
 * Reads the secrets of a source, the current one first.
 *
 * @param extent whether to read all of them, or the current one alone
 * @throws if they cannot be read
 */
export type ReadSecrets = (
  source: string,
  extent: { isWhole: boolean },
) => Promise<readonly Secret[]>;

interface Memory {
  /** The result of the last read that succeeded. */
  secrets?: readonly Secret[];
  /** Whether that read all secrets. Then the next reads do so too. */
  isWhole: boolean;
  /** The time when that read began. */
  readAt: number;
  /** The time when the last read began, also if it failed. */
  askedAt: number;
  /** The number of failures since the last success. */
  failures: number;
  underway?: { readonly isWhole: boolean; readonly answer: Promise<KnownSecrets> };
}

/**
 * Caches secrets. It reads the current secret first, and the previous one only for credentials that the current
 * one does not verify: hardly any need it, and it would delay every first delivery. Deliveries that wait share
 * one read. While the store is down, a cached secret still verifies. But once its life is over, a delivery that
 * it does not verify may be signed with a newer one. Failed reads are not cached, only the time of the next try.
 */
export function cacheSecrets(readSecrets: ReadSecrets, now: () => number = Date.now): SecretStore {
  const memories = new Map<string, Memory>();
  const memoryOf = (source: string): Memory => {
    const memory = memories.get(source) ?? {
      isWhole: false,
      readAt: 0,
      askedAt: 0,
      failures: 0,
    };
    memories.set(source, memory);
    return memory;
  };

  const ask = (
    source: string,
    memory: Memory,
    isWhole: boolean = memory.isWhole,
  ): Promise<KnownSecrets> => {
    if (memory.underway && (memory.underway.isWhole || !isWhole)) return memory.underway.answer;
    const askedAt = now();
    memory.askedAt = askedAt;
    const answer = readSecrets(source, { isWhole })
      .then((secrets) => {
        // If two reads run at once, the result of the later one counts.
        if (memory.underway === reading) {
          Object.assign(memory, { secrets, isWhole, readAt: askedAt, failures: 0 });
        }
        return { secrets, isConclusive: isWhole };
      })
      .catch((error) => {
        memory.failures++;
        throw error;
      })
      .finally(() => {
        if (memory.underway === reading) memory.underway = undefined;
      });
    const reading = { isWhole, answer };
    memory.underway = reading;
    return answer;
  };
  const mustWait = ({ secrets, askedAt, failures }: Memory): boolean =>
    failures >= (secrets ? 1 : QUICK_RETRIES) && now() < askedAt + RETRY_MS;

  const expectNoWait = (memory: Memory): void => {
    if (memory.underway || !mustWait(memory)) return;
    throw new LabelrelayError('unavailable', 'expected the store to answer, it has just failed');
  };

  return {
    async read(source) {
      const memory = memoryOf(source);
      const { secrets = [], isWhole, readAt } = memory;
      const isFresh = now() < readAt + LIFE_MS;
      const remembered = { secrets, isConclusive: isWhole && isFresh };
      if (secrets.length > 0) {
        if (isFresh || mustWait(memory)) return remembered;
        const answer = ask(source, memory).catch(() => remembered);
        if (memory.failures === 0 && now() >= readAt + STALE_MS) return answer;
        return Promise.race([answer, setTimeout(SLOW_MS, remembered)]);
      }
      if (memory.secrets && now() < readAt + EMPTY_LIFE_MS) return remembered;
      expectNoWait(memory);
      return ask(source, memory);
    },

    async refresh(source) {
      const memory = memoryOf(source);
      const isLately = memory.isWhole && now() < memory.readAt + REFRESH_MS;
      // The read that is under way may have the answer.
      if (isLately && !memory.underway) return undefined;
      expectNoWait(memory);
      return ask(source, memory, true);
    },
  };
}
