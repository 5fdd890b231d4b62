import { asId } from '../../../json/read';
import type { FileShape } from '../../../webhook-api/file-listing';
import { task } from './shapes';
import { toRow } from './to-row';

/**
 * A task of the JSON export, with its annotations. The export does not have the configuration of the project.
 *
 * @see https://labelstud.io/guide/export
 */
export const exportShape: FileShape = {
  projectsOf({ project }) {
    const id = asId(project);
    return id === undefined ? [] : [id];
  },
  toRow(row, projectId) {
    const { data } = task.safeParse(row);
    return data && toRow(data, { id: Number(projectId) });
  },
};
