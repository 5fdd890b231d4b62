/** A label as Labelbox sends it, with overrides for a test. */
export const label = (overrides: object = {}): object => ({
  id: 'label-1',
  createdAt: '2023-02-13T18:22:46Z',
  updatedAt: '2023-02-13T18:22:47Z',
  label: '{"objects":[],"classifications":[]}',
  deleted: false,
  project: { id: 'project-1', name: 'Project' },
  dataRow: { id: 'row-1' },
  ...overrides,
});
