import { LabelrelayError } from '../../../errors';
import { ifThere } from '../../../webhook-api/if-there';
import type {
  GoneThing,
  ListedProject,
  ListedRow,
  Listing,
  RowElsewhere,
} from '../../../webhook-api/listing';
import { platformClock } from '../../../webhook-api/platform-clock';
import { normalize } from '../normalize';
import { type LabelStudioSettings, labelStudioRequest } from '../webhooks/request';
import { listTasks } from './list-tasks';
import { projectPage, project as projectShape, type TaskAnswer, task, whoAmI } from './shapes';
import { toProject } from './to-project';
import { toRow } from './to-row';

/**
 * Lists the projects, tasks and annotations of a Label Studio. A list of tasks is read in the order of ids, so that no
 * change in between moves a task over the end of a page.
 *
 * @see https://api.labelstud.io/api-reference/api-reference/tasks/list
 */
export function labelStudioListing(settings: LabelStudioSettings): Listing {
  const clock = platformClock();
  const request = labelStudioRequest({ ...settings, onAnswer: clock.onAnswer });
  const whoIs = () => ifThere(request(whoAmI, 'GET', '/api/current-user/whoami'));
  const configs = new Map<string, ReturnType<typeof toProject>>();
  const remember = (found: ReturnType<typeof toProject>): ListedProject => {
    configs.set(found.listed.id, found);
    return found.listed;
  };
  const bodyOf = ({ id }: ListedProject) => configs.get(id)?.body ?? { id: Number(id) };

  /** Lists the range of the ids. @param wanted is left with those that it did not have */
  async function* inRange(project: ListedProject, wanted: Set<string>): AsyncGenerator<TaskAnswer> {
    const ids = [...wanted].map(Number).filter(Number.isSafeInteger);
    if (ids.length === 0) return;
    const range = { from: Math.min(...ids), to: Math.max(...ids) };
    for await (const { tasks } of listTasks(request, project.id, range)) {
      yield* tasks.filter(({ id }) => wanted.delete(String(id)));
    }
  }

  async function* find(
    project: ListedProject,
    ids: readonly string[],
    _?: unknown,
    signal?: AbortSignal,
  ): AsyncGenerator<ListedRow | RowElsewhere> {
    const wanted = new Set(ids);
    for await (const each of inRange(project, wanted)) {
      signal?.throwIfAborted();
      yield toRow(each, bodyOf(project));
    }
    // A list may leave out what the user of the key is not shown. A task is gone if its own address says so.
    let isAnyGone = false;
    for (const id of wanted) {
      signal?.throwIfAborted();
      const found = isId(id) && (await ifThere(request(task, 'GET', `/api/tasks/${id}/`)));
      isAnyGone ||= !found;
      if (!found) continue;
      yield String(found.project) === project.id
        ? toRow(found, bodyOf(project))
        : { id, isElsewhere: true };
    }
    // A server that began to answer 404 to everything proves nothing.
    if (isAnyGone) await request(projectShape, 'GET', `/api/projects/${project.id}/`);
  }

  return {
    isLive: true,
    async organization() {
      const me = await whoIs();
      return me?.active_organization ? String(me.active_organization) : undefined;
    },
    async now() {
      if (!clock.isSet()) await whoIs();
      return clock.now();
    },
    async *projects() {
      for (let page = 1; ; page++) {
        const path = `/api/projects/?page=${page}&page_size=100&ordering=id`;
        const { results, next } = await request(projectPage, 'GET', path);
        for (const each of results) yield remember(toProject(each));
        if (!next) return;
      }
    },
    async project(id) {
      if (!isId(id)) return undefined;
      const found = await ifThere(request(projectShape, 'GET', `/api/projects/${id}/`));
      return found && remember(toProject(found));
    },
    async *rows(project, { since, after }) {
      const range = { since, from: after === undefined ? undefined : Number(after) + 1 };
      for await (const { tasks, total } of listTasks(request, project.id, range)) {
        const rows = tasks.map((each) => toRow(each, bodyOf(project)));
        yield { rows, total, cursor: rows.at(-1)?.id ?? after ?? '0' };
      }
    },
    find,
    rowSubject: (id) => `task/${id}`,
    gone,
  };
}

/** Label Studio has no address of anything else. */
const isId = (id: string): boolean => /^\d+$/.test(id);

/** The event of a deletion, as its webhook has it, with the task of a label. */
function gone({ subject, projectId, rowId }: GoneThing) {
  const [kind = '', id = ''] = subject.split('/');
  const project = { id: toId(projectId) };
  const bodies: Record<string, object> = {
    label: {
      action: 'ANNOTATIONS_DELETED',
      annotations: [{ id: toId(id), ...(rowId && { task: toId(rowId) }) }],
      project,
    },
    task: { action: 'TASKS_DELETED', tasks: [{ id: toId(id) }], project },
    project: { action: 'PROJECT_DELETED', project },
  };
  const [draft] = normalize({ ...bodies[kind] });
  if (draft) return draft;
  throw new LabelrelayError('refused', `expected a label, a task or a project, got ${subject}`);
}

/** Label Studio's ids are numbers. */
const toId = (id: string): string | number => (Number.isSafeInteger(Number(id)) ? Number(id) : id);
