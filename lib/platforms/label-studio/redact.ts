import type { JsonObject } from '../../json/read';
import { rewrite } from '../../json/rewrite';

/** Credentials of a project, and a hash that is unstable and beyond the numbers of JSON. */
const SECRETS: ReadonlySet<string> = new Set([
  'task_data_login',
  'task_data_password',
  'label_config_hash',
]);

/**
 * Removes the credentials of projects at any depth of the body. The data of a task belongs to the customer, and is
 * not changed.
 */
export const redact = (body: JsonObject): JsonObject =>
  rewrite(body, {
    isLeft: ({ name, parent }) => name === 'data' && (parent === 'task' || parent === 'tasks'),
    change: (value, { name, parent, holder }) =>
      SECRETS.has(name) || (name === 'token' && isProject(holder, parent)) ? undefined : value,
  });

/** Recognizes a project by the name of its member, or else by members that only a project has. */
const isProject = (holder: object, name: string): boolean =>
  /^projects?$/.test(name) ||
  'label_config' in holder ||
  [...SECRETS].some((member) => member in holder);
