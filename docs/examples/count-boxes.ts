import {
  type ChangeContext,
  createWorker,
  dynamoValues,
  type EventOf,
  keepNewest,
  lambdaWorker,
} from 'labelrelay/worker';

/** The boxes of a subject, which is one label or all labels of a data row. */
interface Boxes {
  readonly byClass: Record<string, number>;
  /** The keys of the task and of the project that they are in, as Label Studio has them. */
  readonly parents: readonly string[];
  readonly sequence: string;
}

/** A deleted task or project of Label Studio. It takes along the labels that were created before it was deleted. */
interface Deletion {
  readonly deleted: string;
}

/** A box of several classes counts for each of them. Boxes in videos and documents are of other kinds. */
function count(
  { data, source, sequence = '' }: EventOf<'label.created' | 'label.updated' | 'label.deleted'>,
  { change }: ChangeContext<Boxes | Deletion>,
): Boxes | null {
  if (change === 'gone') return null;
  const byClass = new Map<string, number>();
  for (const { skipped, deleted, annotations = [] } of data.labels ?? []) {
    if (skipped || deleted) continue;
    for (const { kind, name = 'none', names = [name] } of annotations) {
      if (kind !== 'bbox') continue;
      for (const each of names) byClass.set(each, (byClass.get(each) ?? 0) + 1);
    }
  }
  const parents = [`${source}/task/${data.dataRow?.id}`, `${source}/project/${data.project?.id}`];
  return { byClass: Object.fromEntries(byClass), parents, sequence };
}

const end = ({ sequence = '' }: EventOf<'task.deleted' | 'project.deleted'>): Deletion => ({
  deleted: sequence,
});

const values = dynamoValues<Boxes | Deletion>({ table: 'box-counts' });
const worker = createWorker(
  {
    'label.created': count,
    'label.updated': count,
    'label.deleted': count,
    'task.deleted': end,
    'project.deleted': end,
  },
  { guard: keepNewest(values) },
);

export const handler = lambdaWorker(worker);

/** The boxes of each class of all that exists, whatever came late, twice or in any order. */
export async function total(): Promise<Record<string, number>> {
  const subjects: Boxes[] = [];
  const deletions = new Map<string, string>();
  for await (const [key, value] of values.all()) {
    if ('deleted' in value) deletions.set(key, value.deleted);
    else subjects.push(value);
  }
  const sum = new Map<string, number>();
  for (const { byClass, parents, sequence } of subjects) {
    if (parents.some((parent) => (deletions.get(parent) ?? '') > sequence)) continue;
    for (const [name, boxes] of Object.entries(byClass))
      sum.set(name, (sum.get(name) ?? 0) + boxes);
  }
  return Object.fromEntries(sum);
}
