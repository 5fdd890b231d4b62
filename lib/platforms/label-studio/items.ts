import type { LabelData } from '../../events/types';
import { asId, asObject, asText, type JsonObject, unlessEmpty } from '../../json/read';
import type { Action } from './actions';

/** Whether a known action came without its payload. */
export function isBare(body: JsonObject, action: Action): boolean {
  switch (action.about) {
    case 'annotation':
    case 'task':
      return !('id' in body) && !action.payload.some((member) => member in body);
    case 'project':
    case 'training':
      return !('id' in body) && !('project' in body);
    case 'review':
      return Object.keys(body).length === 1;
  }
}

/** One item of a body. */
export interface Item {
  readonly value: unknown;
  /** Its index in the list of the body; undefined if it came alone. */
  readonly index?: number;
}

/** The items in the first of the members that is present. An `id` alone stands for one item. */
export function itemsOf(body: JsonObject, members: readonly string[]): Item[] {
  const member = members.find((name) => name in body);
  if (member === undefined) return [{ value: asId(body.id) ? { id: body.id } : body.id }];
  const value = body[member];
  return Array.isArray(value) ? value.map((item, index) => ({ value: item, index })) : [{ value }];
}

/**
 * The body reduced to one item of its list, and to the name of the project: the config of a project can be large,
 * and a list long.
 */
export function cut(body: JsonObject, things: JsonObject): JsonObject {
  const project = asObject(body.project);
  return {
    action: body.action,
    ...things,
    ...(project && { project: { id: project.id, title: project.title } }),
  };
}

/** The project of an item: from the body, or else by the project id of the item itself. */
export function toProject(body: JsonObject, thing?: JsonObject): LabelData['project'] {
  const project = asObject(body.project);
  return unlessEmpty({
    id: asId(project?.id) ?? asId(body.project) ?? asId(thing?.project),
    name: asText(project?.title),
  });
}
