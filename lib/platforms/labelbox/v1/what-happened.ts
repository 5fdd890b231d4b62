import { byVersion, RANK, type Sequence } from '../../../events/sequence';
import { microseconds, toUtc } from '../../../events/timestamp';
import type { Change } from '../../../events/topics';
import type { JsonObject } from '../../../json/read';
import { knownEvent } from '../event-name';

/** The change of a label or review, and the platform's name for it. */
interface Happened {
  readonly change: Change;
  readonly event: string;
  readonly time: string | undefined;
  readonly sequence: Sequence;
}

/**
 * The header names the change, but it is not signed. A body that is marked as deleted is a deletion, even if the
 * header names another change.
 *
 * @returns undefined if the header names a deletion, but the body is not marked as deleted
 */
export function whatHappened(
  body: JsonObject,
  family: 'label' | 'review',
  name: string | undefined,
): Happened | undefined {
  const known = knownEvent(name);
  const claimed = known?.family === family ? known.change : undefined;
  if (claimed === 'deleted' && body.deleted === false) return undefined;

  const createdAt = toUtc(body.createdAt);
  const updatedAt = toUtc(body.updatedAt);
  const change =
    body.deleted === true ? 'deleted' : (claimed ?? changeByTimes(createdAt, updatedAt));
  const canonical = `${family}_${change}`.toUpperCase();
  const time = updatedAt ?? (change === 'created' ? createdAt : undefined);
  return {
    change,
    event: claimed && name ? name : canonical,
    time,
    sequence: byVersion(time, RANK[change]),
  };
}

function changeByTimes(createdAt: string | undefined, updatedAt: string | undefined): Change {
  if (!createdAt || !updatedAt) return 'updated';
  return microseconds(createdAt) === microseconds(updatedAt) ? 'created' : 'updated';
}
