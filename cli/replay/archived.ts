import { listObjects } from '../../lib/aws/operate/list-objects';
import { LabelrelayError } from '../../lib/errors';
import type { Topic } from '../../lib/events/topics';
import { PREFIX } from '../../lib/receive/stored/object-keys';
import type { StoredDelivery } from '../../lib/receive/stored/stored-delivery';
import { interruption } from '../command/interruption';
import { openStored } from '../deliveries/open-stored';
import { topicsOf } from '../deliveries/topics-of';
import type { Deployment } from '../deployment/deployment';

/** The deliveries of the archive to select. */
export interface Selection {
  readonly from: Date;
  /** The end, which is excluded. */
  readonly to: Date;
  readonly source?: string;
  /** Selects deliveries with at least one event of this topic. */
  readonly topic?: Topic;
}

/** An archived delivery without its bytes: all deliveries together may be larger than memory. */
export interface Found {
  readonly key: string;
  readonly source: string;
  readonly received: Date;
  /** The topic of each event. */
  readonly topics: readonly Topic[];
  /** Whether its body is in memory when it is opened. */
  readonly fitsIntoMemory: boolean;
}

const DAY_MS = 86_400_000;

/**
 * Finds the archived deliveries of a period, source by source, day by day.
 *
 * @param skip is called for each delivery that cannot be read
 */
export async function* findArchived(
  selection: Selection,
  deployment: Deployment,
  skip: (key: string, error: LabelrelayError) => void,
): AsyncGenerator<Found> {
  const { config, sources } = deployment;
  const names = selection.source ? [selection.source] : sources.map(({ name }) => name);
  for (const prefix of names.flatMap((name) => prefixes(name, selection))) {
    for await (const { key } of listObjects(prefix, config)) {
      if (interruption.aborted) return;
      const found = await look(key, selection, deployment).catch((error: unknown) => {
        if (!(error instanceof LabelrelayError)) throw error;
        skip(key, error);
      });
      if (found) yield found;
    }
  }
}

/** @returns undefined if the delivery is not selected, or has expired meanwhile */
async function look(
  key: string,
  selection: Selection,
  deployment: Deployment,
): Promise<Found | undefined> {
  const stored = await openStored(key, deployment);
  if (!stored || !isInTime(stored, selection)) return undefined;
  const topics = await topicsOf(stored, deployment);
  if (selection.topic && !topics.includes(selection.topic)) return undefined;
  const { source, receivedAt } = stored.arrival;
  const fitsIntoMemory = stored.inMemory !== undefined;
  return { key, source: source.name, received: receivedAt, topics, fitsIntoMemory };
}

/** The archive has a folder for each day in UTC. */
function prefixes(source: string, { from, to }: Selection): string[] {
  const days: string[] = [];
  const midnight = Math.floor(from.getTime() / DAY_MS) * DAY_MS;
  for (let day = midnight; day < to.getTime(); day += DAY_MS) {
    days.push(`${PREFIX.archive}/${source}/${new Date(day).toISOString().slice(0, 10)}/`);
  }
  return days;
}

const isInTime = ({ arrival: { receivedAt } }: StoredDelivery, { from, to }: Selection): boolean =>
  receivedAt >= from && receivedAt < to;
