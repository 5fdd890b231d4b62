import type { StoredLabel } from '../label-store/stored-label';
import type { ExportOptions, ReadLabels } from './format';
import type { Tally } from './report';

/**
 * The labels that a data set has, those of one data row together: the skipped and the deleted ones left
 * out, and of each row as many as the options say.
 */
export async function* chooseLabels(
  read: ReadLabels,
  options: Pick<ExportOptions, 'label'>,
  tally?: Tally,
): AsyncGenerator<readonly StoredLabel[]> {
  for await (const row of byRow(read())) {
    const labeled = row.filter(({ label, deleted }) => !deleted && !label.deleted);
    const chosen = choose(
      labeled.filter(({ label, subject }) => {
        if (label.skipped) tally?.leaveOut('skipped', label.id ?? subject);
        return !label.skipped;
      }),
      options,
      tally,
    );
    const [first] = chosen;
    if (!first) continue;
    if (chosen.length > 1) tally?.note('several-labels', rowOf(first));
    for (const { label } of chosen) tally?.see(label.updatedAt ?? label.createdAt);
    tally?.count('labels', chosen.length);
    yield chosen;
  }
}

/** The data row of a label, as `<source>/<id>`. A label that tells none stands alone. */
export const rowOf = ({ source, subject, dataRow }: StoredLabel): string =>
  `${source}/${dataRow?.id ?? subject}`;

/** Labels of one row stand together. */
async function* byRow(labels: AsyncIterable<StoredLabel>): AsyncGenerator<StoredLabel[]> {
  let row: StoredLabel[] = [];
  for await (const label of labels) {
    const [first] = row;
    if (first && rowOf(first) !== rowOf(label)) {
      yield row;
      row = [];
    }
    row.push(label);
  }
  if (row.length > 0) yield row;
}

function choose(
  row: readonly StoredLabel[],
  { label: which }: Pick<ExportOptions, 'label'>,
  tally: Tally | undefined,
): readonly StoredLabel[] {
  if (!which) return row;
  const eligible =
    which === 'ground-truth' ? row.filter(({ label }) => label.groundTruth === true) : row;
  const newest = eligible.reduce<StoredLabel | undefined>(
    (best, each) => (best && timeOf(best) >= timeOf(each) ? best : each),
    undefined,
  );
  const reason = which === 'newest' ? 'not-the-newest' : 'not-ground-truth';
  for (const each of row)
    if (each !== newest) tally?.leaveOut(reason, each.label.id ?? each.subject);
  return newest ? [newest] : [];
}

/** In milliseconds since 1970; 0 where no time is told. */
const timeOf = ({ label }: StoredLabel): number =>
  Date.parse(label.updatedAt ?? label.createdAt ?? '') || 0;
