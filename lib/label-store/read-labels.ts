import { inChunks } from './in-chunks';
import { mergeLinks, type ProjectLink } from './merge-links';
import type { LabelPorts, State } from './ports';
import { labelsOf, readState, splitKey } from './read-state';
import type { StoredLabel } from './stored-label';

/**
 * The labels to list. Without a member it is all of them that exist.
 *
 * @example
 * ```ts
 * import type { LabelQuery } from 'labelrelay/worker';
 *
 * const query: LabelQuery = { source: 'labelbox', project: 'cle357uex0g5307z996y28ic0' };
 * console.log(query.source); // labelbox
 * ```
 */
export interface LabelQuery {
  /** The configured name of a source. Absent: all of them. */
  readonly source?: string;
  /** The id of a project. Absent: all of them. */
  readonly project?: string;
  /** Whether deleted labels are listed, too. */
  readonly deleted?: boolean;
  /** A `cursor` of an earlier call: the rows after that one. */
  readonly after?: string;
}

/**
 * The labels of one data row.
 *
 * @example
 * ```ts
 * import type { LabelQuery, LabelRow } from 'labelrelay/worker';
 *
 * const next = ({ cursor }: LabelRow): LabelQuery => ({ after: cursor });
 * console.log(next({ labels: [], cursor: 'a' }).after); // a
 * ```
 */
export interface LabelRow {
  /** The labels. */
  readonly labels: readonly StoredLabel[];
  /** The place behind the row. */
  readonly cursor: string;
}

/** How many states are read at once. */
const CHUNK = 100;

/** The projects of a query by source, both in order. */
export async function projectsOf(
  { items }: Pick<LabelPorts, 'items'>,
  { source, project }: LabelQuery,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const entry of await items.projects()) {
    const { source: of, subject } = splitKey(entry.project);
    if (source !== undefined && of !== source) continue;
    if (project !== undefined && subject !== `project/${project}`) continue;
    found.set(of, [...(found.get(of) ?? []), entry.project]);
  }
  return found;
}

/** Lists labels by source, then in the order of data rows. Those of one data row come together. */
export async function* readRows(ports: LabelPorts, query: LabelQuery): AsyncGenerator<LabelRow> {
  const [afterSource = '', ...afterName] = query.after?.split('\n') ?? [];
  const sources = [...(await projectsOf(ports, query))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  for (const [source, projects] of sources) {
    if (source < afterSource) continue;
    const after = source === afterSource ? afterName.join('\n') : undefined;
    const links = withoutTasks(mergeLinks(ports.items, projects, after), source);
    yield* group(ports, links, source, query.deleted ?? false);
  }
}

async function* withoutTasks(
  links: AsyncIterable<ProjectLink>,
  source: string,
): AsyncGenerator<ProjectLink> {
  const tasks = tasksOf(source);
  for await (const link of links) if (!link.key.startsWith(tasks)) yield link;
}

/** The first part of the keys of tasks. */
export const tasksOf = (source: string): string => `/${source}/task/`;

async function* group(
  ports: LabelPorts,
  links: AsyncIterable<ProjectLink>,
  source: string,
  isDeleted: boolean,
): AsyncGenerator<LabelRow> {
  let row: { of: string; labels: StoredLabel[]; cursor: string } | undefined;
  for await (const { link, state } of states(ports, links)) {
    // A label without a data row stands alone.
    const of = link.row || link.name;
    if (row && row.of !== of) {
      if (row.labels.length > 0) yield row;
      row = undefined;
    }
    row ??= { of, labels: [], cursor: '' };
    row.labels.push(...(await labelsAt(ports, link, state, isDeleted)));
    row.cursor = `${source}\n${link.name}`;
  }
  if (row && row.labels.length > 0) yield row;
}

async function labelsAt(
  ports: LabelPorts,
  link: ProjectLink,
  state: State | undefined,
  isDeleted: boolean,
): Promise<StoredLabel[]> {
  const found = state && isPlaced(state, link) ? await readState(ports, state) : undefined;
  const labels = found ? labelsOf(found) : [];
  return isDeleted ? labels : labels.filter(({ deleted, label }) => !deleted && !label.deleted);
}

/** A label that was moved has an old link. */
const isPlaced = ({ place }: State, { project, row }: ProjectLink): boolean =>
  !place || (place.project === project && place.row === row);

interface Found {
  readonly link: ProjectLink;
  readonly state?: State;
}

/** The states of links. The next ones are read while these are used. */
async function* states(
  { items }: LabelPorts,
  links: AsyncIterable<ProjectLink>,
): AsyncGenerator<Found> {
  const read = async (chunk: readonly ProjectLink[]): Promise<readonly Found[]> => {
    const keys = [...new Set(chunk.map(({ key }) => key))];
    const byKey = new Map((await items.read(keys)).map((state) => [state.key, state]));
    return chunk.map((link) => ({ link, state: byKey.get(link.key) }));
  };
  let reading: Promise<readonly Found[]> | undefined;
  for await (const chunk of inChunks(links, CHUNK)) {
    const next = read(chunk);
    // It is awaited below, or nobody wants it any more.
    next.catch(() => {});
    if (reading) yield* await reading;
    reading = next;
  }
  if (reading) yield* await reading;
}
