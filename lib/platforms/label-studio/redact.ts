import type { JsonObject } from '../read';
import { rewrite } from '../rewrite';

/** Credentials of a project, and a hash that is unstable and beyond the numbers of JSON. */
const SECRETS: ReadonlySet<string> = new Set([
  'task_data_login',
  'task_data_password',
  'label_config_hash',
]);

/** The body without the credentials that a project carries, wherever a project stands in it. */
export const redact = (body: JsonObject): JsonObject =>
  rewrite(body, (member, name, parent) =>
    SECRETS.has(name) || (name === 'token' && parent === 'project') ? undefined : member,
  ) as JsonObject;
