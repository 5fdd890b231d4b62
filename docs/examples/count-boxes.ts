import {
  type ChangeContext,
  createWorker,
  dynamoValues,
  type EventOf,
  keepNewest,
  lambdaWorker,
} from 'labelrelay/worker';

/** How many boxes of each class a subject has: one label, or all labels of a data row. */
type Counts = Record<string, number>;

/** A box of several classes counts for each of them. Boxes in videos and documents are of other kinds. */
function count(
  { data }: EventOf<'label.created' | 'label.updated' | 'label.deleted'>,
  { change }: ChangeContext<Counts>,
): Counts | null {
  if (change === 'gone') return null;
  const counts = new Map<string, number>();
  for (const { skipped, deleted, annotations = [] } of data.labels ?? []) {
    if (skipped || deleted) continue;
    for (const { kind, name = 'none', names = [name] } of annotations) {
      if (kind !== 'bbox') continue;
      for (const each of names) counts.set(each, (counts.get(each) ?? 0) + 1);
    }
  }
  return Object.fromEntries(counts);
}

const values = dynamoValues<Counts>({ table: 'box-counts' });
const worker = createWorker(
  { 'label.created': count, 'label.updated': count, 'label.deleted': count },
  { guard: keepNewest(values) },
);

export const handler = lambdaWorker(worker);

/**
 * The sum over all subjects, whatever came late, twice or in any order. When a task or a project of Label Studio is deleted,
 * its labels still count: the platform sends no `label.deleted` for them.
 */
export async function total(): Promise<Counts> {
  const sum = new Map<string, number>();
  for await (const [, counts] of values.all()) {
    for (const [name, boxes] of Object.entries(counts)) sum.set(name, (sum.get(name) ?? 0) + boxes);
  }
  return Object.fromEntries(sum);
}
