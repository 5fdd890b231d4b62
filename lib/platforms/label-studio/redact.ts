import type { JsonObject } from '../../json/read';
import { rewrite } from '../../json/rewrite';

/** Credentials of a project, and a hash that is unstable and beyond the numbers of JSON. */
const SECRETS: ReadonlySet<string> = new Set([
  'task_data_login',
  'task_data_password',
  'label_config_hash',
]);

/**
 * The body without the credentials that a project carries, wherever a project stands in it. The
 * data of a task is the customer's own, and is left alone.
 */
export const redact = (body: JsonObject): JsonObject =>
  rewrite(body, {
    isLeft: ({ name, parent }) => name === 'data' && (parent === 'task' || parent === 'tasks'),
    change: (value, { name, parent, holder }) =>
      SECRETS.has(name) || (name === 'token' && isProject(holder, parent)) ? undefined : value,
  }) as JsonObject;

/** A project is known by its name, or where it has another name by what only a project has. */
const isProject = (holder: object, name: string): boolean =>
  /^projects?$/.test(name) ||
  'label_config' in holder ||
  [...SECRETS].some((member) => member in holder);
