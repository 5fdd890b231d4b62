const ID = 'cle357uex0g5307z996y28ic0';
const AT = '2023-02-13T18:22:46Z';

/** All boxes have the same size in bytes. */
function box(index: number): object {
  const featureId = `cle${String(index).padStart(22, '0')}`;
  return {
    featureId,
    schemaId: ID,
    color: '#ff0000',
    title: 'vehicle',
    value: 'vehicle',
    bbox: { top: 453, left: 951, height: 670, width: 952 },
    instanceURI: `https://api.labelbox.com/masks/feature/${featureId}`,
  };
}

const write = (boxes: number, externalId: string): string =>
  JSON.stringify({
    id: ID,
    createdAt: AT,
    updatedAt: AT,
    deleted: false,
    label: JSON.stringify({
      objects: Array.from({ length: boxes }, (_, index) => box(index)),
      classifications: [],
      relationships: [],
    }),
    project: { id: ID, name: 'Webhooks' },
    dataRow: { id: ID, externalId },
  });

/**
 * A label with boxes as Labelbox v1 sends it, JSON in a string inside JSON.
 *
 * @param bytes its size, which boxes and a long name fill exactly
 */
export function makeLabel(bytes: number): string {
  const one = write(1, '').length;
  const each = write(2, '').length - one;
  const boxes = 1 + Math.floor((bytes - one) / each);
  const label = write(Math.max(0, boxes), '');
  return write(Math.max(0, boxes), 'x'.repeat(bytes - label.length));
}
