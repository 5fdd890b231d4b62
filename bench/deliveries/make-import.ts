const AT = '2026-03-02T09:20:31.004512Z';

const task = (id: number): object => ({
  id,
  data: { image: `https://example.com/images/street-${id}.jpg` },
  meta: {},
  created_at: AT,
  updated_at: AT,
  is_labeled: false,
  allow_skip: true,
  overlap: 1,
  inner_id: id,
  total_annotations: 0,
  cancelled_annotations: 0,
  total_predictions: 0,
  precomputed_agreement: null,
  comment_count: 0,
  unresolved_comment_count: 0,
  last_comment_updated_at: null,
  project: 7,
  updated_by: null,
  file_upload: 12,
  comment_authors: [],
});

/** The delivery of Label Studio for an import of several tasks. */
export const makeImport = (tasks: number): string =>
  JSON.stringify({
    action: 'TASKS_CREATED',
    tasks: Array.from({ length: tasks }, (_, index) => task(index + 1)),
    project: { id: 7, title: 'Streets' },
  });
