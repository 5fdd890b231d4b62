import type { Annotation, DataRow, Label } from '../../lib/events/types';
import type { StoredLabel } from '../../lib/label-store/stored-label';

/** A label of the row `r<n>`: a picture of 100 x 50 pixels, unless its parts say otherwise. */
export function storedLabel(
  n: number,
  annotations: Annotation[],
  { label, dataRow, ...parts }: Partial<StoredLabel> & { dataRow?: DataRow; label?: Label } = {},
): StoredLabel {
  return {
    source: 'lb',
    subject: `label/l${n}`,
    sequence: '2026-01-01T00:00:00.000000Z-1',
    dataRow: {
      id: `r${n}`,
      content: `https://pictures.example/folder/cat-${n}.jpg?signature=abc`,
      media: { width: 100, height: 50 },
      ...dataRow,
    },
    label: { id: `l${n}`, updatedAt: '2026-01-01T00:00:00Z', annotations, ...label },
    ...parts,
  };
}

export const bbox = (name: string, box: [number, number, number, number]): Annotation => ({
  kind: 'bbox',
  name,
  bbox: box,
  classifications: [],
});

export const polygon = (name: string, points: [number, number][]): Annotation => ({
  kind: 'polygon',
  name,
  points,
  classifications: [],
});

/** @param rows a picture in text, a line each; `#` is set */
export function mask(name: string, rows: readonly string[]): Annotation {
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  const counts: number[] = [];
  let [value, run] = ['.', 0];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const pixel = rows[y]?.[x] === '#' ? '#' : '.';
      if (pixel !== value) {
        counts.push(run);
        [value, run] = [pixel, 0];
      }
      run++;
    }
  }
  counts.push(run);
  return { kind: 'mask', name, rle: { size: [height, width], counts }, classifications: [] };
}

export const reading = (labels: readonly StoredLabel[]) =>
  async function* () {
    yield* labels;
  };
