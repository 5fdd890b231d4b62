import { hasCode, LabelrelayError } from '../../../errors';
import type { Request } from '../webhooks/request';
import { type TaskAnswer, taskPage } from './shapes';

const PAGE = 100;
/** Behind every time. Label Studio takes times with a fraction alone. */
const NEVER = '9999-12-31T23:59:59.999999Z';

/** Selects the tasks that changed since a time, with ids in a range, both ends included. */
export interface TaskRange {
  readonly since?: Date;
  readonly from?: number;
  readonly to?: number;
}

/**
 * Lists tasks with their annotations in the order of ids. Each page is asked for by the id before it, so a task that is
 * deleted meanwhile does not move others over the end of a page.
 */
export async function* listTasks(
  request: Request,
  project: string,
  { since, from = 0, to }: TaskRange,
): AsyncGenerator<{ tasks: TaskAnswer[]; total: number }> {
  const ask = (page: number, least: number) =>
    request(taskPage, 'GET', pathOf(project, page, { since, from: least, to }));
  let least = from;
  for (;;) {
    const { tasks, total } = await ask(1, least);
    // Some servers do not know the filter, and ignore it.
    if (tasks.some(({ id }) => id < least || (to !== undefined && id > to))) break;
    if (tasks.length === 0) {
      if (total === 0) return;
      const message = `expected the next of ${total} tasks of project ${project} in Label Studio's answer, got none`;
      throw new LabelrelayError('unavailable', message);
    }
    yield { tasks, total };
    if (tasks.length >= total) return;
    least = Math.max(...tasks.map(({ id }) => id)) + 1;
  }
  yield* listByPage(ask, least, to);
}

/** Lists tasks by the numbers of pages. If the list has become shorter, the page before is read again. */
async function* listByPage(
  ask: (page: number, least: number) => Promise<{ tasks: TaskAnswer[]; total: number }>,
  from: number,
  to: number | undefined,
): AsyncGenerator<{ tasks: TaskAnswer[]; total: number }> {
  let [last, before, size] = [from - 1, 0, 0];
  for (let page = 1; ; page++) {
    const { tasks, total } = await ask(page, 0).catch(pastTheEnd);
    // A server can have a limit for pages.
    size ||= tasks.length;
    const fresh = tasks.filter(({ id }) => id > last && (to === undefined || id <= to));
    if (total < before && page > 1) page -= 2;
    else if (fresh.length > 0) {
      yield { tasks: fresh, total };
      last = Math.max(...fresh.map(({ id }) => id));
    }
    before = total;
    if (size === 0 || page * size >= total) return;
  }
}

/** A page behind the last one is answered 404. */
function pastTheEnd(error: unknown): { tasks: TaskAnswer[]; total: number } {
  if (hasCode(error, 'not-found')) return { tasks: [], total: 0 };
  throw error;
}

/** A filter by any other name than `filter:tasks:…` is ignored. */
function pathOf(project: string, page: number, { since, from = 0, to }: TaskRange): string {
  const items = [
    ...(since
      ? [filter('updated_at', 'in', 'Datetime', { min: withFraction(since), max: NEVER })]
      : []),
    ...(from > 0 ? [filter('id', 'greater_or_equal', 'Number', from)] : []),
    ...(to === undefined ? [] : [filter('id', 'less_or_equal', 'Number', to)]),
  ];
  const query = { filters: { conjunction: 'and', items }, ordering: ['tasks:id'] };
  const parameters = new URLSearchParams({
    project,
    fields: 'all',
    // Addresses of files stay as they were imported, as in webhooks.
    resolve_uri: 'false',
    page: String(page),
    page_size: String(PAGE),
    query: JSON.stringify(query),
  });
  return `/api/tasks/?${parameters}`;
}

const filter = (name: string, operator: string, type: string, value: unknown) => ({
  filter: `filter:tasks:${name}`,
  operator,
  type,
  value,
});

const withFraction = (time: Date): string => time.toISOString().replace('Z', '000Z');
