import type { AnyEvent } from '../consume/event';
import { topicOf } from '../consume/event';
import { subjectOf } from '../events/order';
import type { Topic } from '../events/topics';
import type { Group, Scope } from './scope';

/** A rule that fires when enough has changed. */
export interface Rule {
  readonly name: string;
  /** The topics whose events are changes. */
  readonly on: readonly Topic[];
  /** Whether changes are counted for each project, or for each source as a whole. */
  readonly by: 'project' | 'source';
  /** If present, only changes of this source or this project count. */
  readonly source?: string;
  readonly project?: string;
  /** Fires when so many different subjects changed. */
  readonly count?: number;
  /** Fires when nothing more came for so long, in milliseconds. */
  readonly quietMs?: number;
  /** Fires when so much time has passed since the first change, in milliseconds. */
  readonly maxMs?: number;
}

/** The group in which an event counts; undefined if the rule does not know the event. */
export function groupOf(rule: Rule, event: AnyEvent): Group | undefined {
  if (!rule.on.includes(topicOf(event))) return undefined;
  const source = event.source.slice(1);
  const project = projectOf(event)?.id;
  if (rule.source !== undefined && rule.source !== source) return undefined;
  if (rule.project !== undefined && rule.project !== project) return undefined;
  if (rule.by === 'source') return { rule: rule.name, source };
  // An id that is too long for a subject is too long for a key.
  const isKey = subjectOf(['project', project]) !== undefined;
  return isKey ? { rule: rule.name, source, project } : undefined;
}

/** Whether a rule counts in a scope. One that once counted otherwise has left epochs behind in other scopes. */
export const countsIn = (rule: Rule, { source, project }: Scope): boolean =>
  (rule.by === 'project') === (project !== undefined) &&
  (rule.source ?? source) === source &&
  (rule.by === 'source' || (rule.project ?? project) === project);

/** The project of an event, if it has one. */
export const projectOf = ({ data }: AnyEvent): { id?: string; name?: string } | undefined =>
  'project' in data ? data.project : undefined;
