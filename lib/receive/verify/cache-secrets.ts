import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../../errors';
import type { Secret } from '../../platforms/secret';
import type { KnownSecrets, SecretStore } from '../ports';

/** How long what was read is believed without asking again. */
const LIFE_MS = 60_000;
/** A source without a secret is asked again soon: somebody may be about to give it one. */
const EMPTY_LIFE_MS = 5_000;
/** How old what is remembered must be before credentials that match nothing of it have it read again. */
const REFRESH_MS = 10_000;
/** How often the store is asked while it is down, */
const RETRY_MS = 1_000;
/** after it has failed so often where nothing is remembered: it may be back for the next delivery. */
const QUICK_RETRIES = 5;
/** What is remembered goes on when the store takes longer than that, */
const PATIENCE_MS = 200;
/** unless it is older: an instance that was frozen for hours may remember what was revoked since. */
const STALE_MS = 300_000;

/**
 * Reads the secrets of a source, the current one first, or that one alone.
 *
 * @throws when it cannot be known
 */
export type ReadSecrets = (
  source: string,
  extent: { isWhole: boolean },
) => Promise<readonly Secret[]>;

interface Memory {
  /** The last that was read; undefined before that. */
  secrets?: readonly Secret[];
  /** Whether that were all: then all are read from then on, since somebody may need them. */
  isWhole: boolean;
  /** When the store was asked for what is remembered. */
  readAt: number;
  /** When it was last asked, whether it answered or not. */
  askedAt: number;
  /** How often it failed since it last answered. */
  failures: number;
  underway?: { readonly isWhole: boolean; readonly answer: Promise<KnownSecrets> };
}

/**
 * The current secret is read, and the previous one only for credentials that the current one does not
 * verify: nearly none, and it would keep every first delivery waiting. Remembers what was read, and asks
 * once however many deliveries wait. While the store cannot be reached, a secret that is remembered goes
 * on: what it verifies is authentic, but once it has outlived its time, what it does not verify may be
 * signed with a newer one. What a failed read said is never remembered, only that it is not the time to
 * ask again.
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
        // Of two reads at a time, the one that began later knows better.
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
        return Promise.race([answer, setTimeout(PATIENCE_MS, remembered)]);
      }
      if (memory.secrets && now() < readAt + EMPTY_LIFE_MS) return remembered;
      expectNoWait(memory);
      return ask(source, memory);
    },

    async refresh(source) {
      const memory = memoryOf(source);
      const isLately = memory.isWhole && now() < memory.readAt + REFRESH_MS;
      // What is being read may be what there is to know.
      if (isLately && !memory.underway) return undefined;
      expectNoWait(memory);
      return ask(source, memory, true);
    },
  };
}
