import { LabelrelayError } from '../errors';
import { lifeOf } from '../events/sequence';
import type { StoredSubject } from '../label-store/stored-label';
import type { Listing } from '../webhook-api/listing';
import { deletionOf, deletionWith, type Finding } from './judge';
import { isLive, type StoredThings } from './stored-things';

export interface ProjectsQuery {
  readonly listing: Listing;
  readonly store: StoredThings;
  /** The ids of projects that may be gone. */
  readonly ids: readonly string[];
  /** Whether an operator named the projects. */
  readonly isNamed: boolean;
  /** The organization, if the key is known to see what the store has. */
  readonly organization?: string;
  /** Is told of a project that is not shown, when that proves nothing. */
  onNotice(text: string): void;
}

export interface GoneProject {
  readonly id: string;
  readonly finding: Finding;
}

/**
 * Asks for projects by id, and finds those that the store has and the platform does not.
 *
 * @throws LabelrelayError `not-found` if a named project is known to nobody; `unavailable` if the platform does not know the
 *   organization any more
 */
export async function* findGoneProjects(query: ProjectsQuery): AsyncGenerator<GoneProject> {
  const { listing, store, ids, isNamed, organization, onNotice } = query;
  for (const id of ids) {
    if (await listing.project(id)) continue;
    const isGone = await hasLive(id, store);
    if (!isGone && isNamed && !(await isKnown(id, store))) throw noProject(id);
    if (isGone && organization !== undefined) {
      await expectStill(organization, listing);
      for await (const finding of deletionsOf(id, listing, store)) yield { id, finding };
    } else if (isGone) {
      onNotice(`the platform does not show project ${id}. If it was deleted: --project ${id}`);
    }
  }
}

/** Whether the store has anything of a project that lives. */
async function hasLive(id: string, store: StoredThings): Promise<boolean> {
  const itself = await store.read([`project/${id}`]);
  if ([...itself.values()].some(isLive)) return true;
  for await (const { things } of store.inProject(id)) if (things.some(isLive)) return true;
  return false;
}

/** The deletion of a project, or of all its labels if no deletion of a project takes them along. */
async function* deletionsOf(
  id: string,
  listing: Listing,
  store: StoredThings,
): AsyncGenerator<Finding> {
  const subject = `project/${id}`;
  const itself = (await store.read([subject])).get(subject);
  let last: StoredSubject | undefined = itself && isLive(itself) ? itself : undefined;
  let deletes = 0;
  for await (const { things } of store.inProject(id)) {
    for (const each of things.filter(isLive)) {
      if (!listing.rowSubject) {
        const { subject, dataRow } = each;
        yield deletionOf(each, listing.gone({ subject, projectId: id, rowId: dataRow?.id }));
        continue;
      }
      deletes += each.labels?.length ?? 0;
      if (!last || lifeIn(each) > lifeIn(last)) last = each;
    }
  }
  if (last && listing.rowSubject) {
    yield { ...deletionWith([last], listing.gone({ subject, projectId: id })), deletes };
  }
}

const lifeIn = ({ sequence }: StoredSubject): string => lifeOf(sequence) ?? '';

const isKnown = async (id: string, store: StoredThings): Promise<boolean> =>
  (await store.projects()).some((each) => each.id === id) ||
  (await store.read([`project/${id}`])).size > 0;

/** The platform may answer 404 to everything by now. */
async function expectStill(organization: string, listing: Listing): Promise<void> {
  if ((await listing.organization()) === organization) return;
  const message = `expected the platform to know organization ${organization} as before, got another answer`;
  throw new LabelrelayError('unavailable', message);
}

const noProject = (id: string) =>
  new LabelrelayError(
    'not-found',
    `expected a project ${id}, got none at the platform, and none in the store`,
  );
