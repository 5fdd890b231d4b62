import {
  createWorker,
  dynamoValues,
  type EventOf,
  isGone,
  keepNewest,
  lambdaWorker,
} from 'labelrelay/worker';

/** How many boxes of each class a subject has: one label, or all labels of a data row. */
type Counts = Record<string, number>;

function count(event: EventOf<'label.created' | 'label.updated' | 'label.deleted'>): Counts | null {
  if (isGone(event)) return null;
  const counts: Counts = {};
  for (const { annotations = [] } of event.data.labels ?? []) {
    for (const { kind, name = 'none' } of annotations) {
      if (kind === 'bbox') counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

// The counts of all boxes are the sum over the table, whatever came late, twice or in any order.
const worker = createWorker(
  { 'label.created': count, 'label.updated': count, 'label.deleted': count },
  { guard: keepNewest(dynamoValues<Counts>({ table: 'box-counts' })) },
);

export const handler = lambdaWorker(worker);
