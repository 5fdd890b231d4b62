import type { Completable } from './completion';
import { type Scope, scopeName } from './scope';
import type { Subject } from './subject';

/** The further writes of a change that counts. */
export interface Alongside {
  /** Adds to the item of the event's subject. */
  subject(subject: Subject | undefined): Subject | undefined;
  /** The event's project, if the event tells of it. */
  readonly project?: {
    readonly scope: Scope;
    add(completion: Completable | undefined): Completable | undefined;
  };
}

/** Adds to the completion of a scope, if the event tells of its project. */
export const tellProject = (
  before: Completable | undefined,
  scope: Scope,
  { project }: Alongside,
): Completable | undefined =>
  project && scopeName(project.scope) === scopeName(scope) ? project.add(before) : before;
