import type { FakeRow } from './labelbox-exports';

/** The time of the first row; each further one is a second later. */
export const FIRST = Date.parse('2026-11-27T03:00:00Z');

/**
 * Rows of a project, in the form of the platform's documented export, with characters of many bytes.
 *
 * @see https://docs.labelbox.com/reference/export-image-annotations
 */
export const labelboxRows = (project: string, count: number): FakeRow[] =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date(FIRST + index * 1_000).toISOString().replace('Z', '+00:00');
    const box = { top: index, left: 2, height: 3, width: 4 };
    return {
      data_row: {
        id: `row-${index}`,
        external_id: `straße-${index}-🚧.jpg`,
        row_data: `https://example.com/${index}.jpg`,
        details: { dataset_id: 'dataset-1', last_activity_at: at },
      },
      media_attributes: { height: 1707, width: 2560, mime_type: 'image/jpeg' },
      metadata_fields: [{ schema_id: 'tag', schema_name: 'tag', value: 'night' }],
      projects: {
        [project]: {
          name: 'Roads',
          labels: [
            {
              label_kind: 'Default',
              id: `label-${index}`,
              label_details: { created_at: at, updated_at: at, content_last_updated_at: at },
              performance_details: { seconds_to_create: 7, skipped: false },
              annotations: {
                objects: [{ feature_id: `box-${index}`, name: 'car', bounding_box: box }],
                classifications: [],
                relationships: [],
              },
            },
          ],
          project_details: { workflow_status: 'DONE', workflow_history: [] },
        },
      },
    };
  });
