import type { Telemetry } from '../receive/ports';
import { HABIT_MS, judgeSilence } from './judge-silence';

/**
 * When a source was heard.
 *
 * @returns the moments, in milliseconds since 1970, in order
 */
export type HeardTimes = (source: string, since: number) => Promise<readonly number[]>;

export interface WatchedSources {
  readonly sources: ReadonlyMap<string, unknown>;
  /** The longest silence of a source in hours, where it is set; 0 for no limit. */
  readonly silenceHours: ReadonlyMap<string, number>;
}

/** Writes the metric `Silent` of each source that usually sends and has stopped. */
export async function watchSilence(
  { sources, silenceHours }: WatchedSources,
  heardTimes: HeardTimes,
  { log }: Telemetry,
  now: number = Date.now(),
): Promise<void> {
  for (const source of sources.keys()) {
    const heard = await heardTimes(source, now - HABIT_MS);
    const { lastHeard, isSilent, ...measured } = judgeSilence(heard, now, silenceHours.get(source));
    const fields = {
      source,
      lastHeard: lastHeard === undefined ? undefined : new Date(lastHeard).toISOString(),
      ...measured,
    };
    if (isSilent) log('warn', 'source has stopped sending', fields, new Map([['Silent', 1]]));
    else log('info', 'source is not silent', fields);
  }
}
