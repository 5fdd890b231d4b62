import { LabelrelayError } from '../../lib/errors';
import type { Topic } from '../../lib/events/topics';
import type { Delivery } from '../../lib/receive/delivery';
import { LARGE, PREFIX } from '../../lib/receive/object-keys';
import { fromRecord } from '../../lib/receive/record';
import { listObjects } from '../aws/list-objects';
import { interruption } from '../command/interruption';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import { topicsOf } from '../deliveries/topics-of';
import type { Deployment } from '../deployment/deployment';

/** What is wanted of the archive. */
export interface Selection {
  readonly from: Date;
  /** Without it. */
  readonly to: Date;
  readonly source?: string;
  /** Deliveries with at least one event of it. */
  readonly topic?: Topic;
}

/** What is known of an archived delivery without its bytes: all of them may be more than memory holds. */
export interface Found {
  readonly key: string;
  readonly source: string;
  /** One for each event. */
  readonly topics: readonly Topic[];
}

export interface Archived {
  readonly record: Uint8Array;
  readonly delivery: Delivery;
}

const DAY_MS = 86_400_000;

/**
 * The deliveries in the archive that were received in a time, source by source, day by day.
 *
 * @param skip is told of what cannot be read
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
      const { delivery } = (await readable(key, deployment, skip)) ?? {};
      if (!delivery) continue;
      const topics = await topicsOf(delivery);
      if (isWanted(delivery, topics, selection))
        yield { key, source: delivery.source.name, topics };
    }
  }
}

/** @returns undefined when it has expired meanwhile, or is too large for memory: docs/serve.md */
export async function readArchived(
  key: string,
  deployment: Deployment,
): Promise<Archived | undefined> {
  if (key.endsWith(LARGE)) return undefined;
  const record = await redeliverPorts(deployment).objects.get(key);
  return record && { record, delivery: fromRecord(record, deployment.config.sources) };
}

async function readable(
  key: string,
  deployment: Deployment,
  skip: (key: string, error: LabelrelayError) => void,
): Promise<Archived | undefined> {
  try {
    return await readArchived(key, deployment);
  } catch (error) {
    if (!(error instanceof LabelrelayError)) throw error;
    skip(key, error);
    return undefined;
  }
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

const isWanted = (
  { receivedAt }: Delivery,
  topics: readonly Topic[],
  { from, to, topic }: Selection,
): boolean =>
  receivedAt >= from && receivedAt < to && (topic === undefined || topics.includes(topic));
