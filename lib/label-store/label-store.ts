import type { Values } from '../consume/values';
import type { Change } from './change';
import { type KeepOptions, keepLabels } from './keep-labels';
import type { LabelPorts, ProjectEntry } from './ports';
import { type LabelQuery, type LabelRow, projectsOf, readRows, tasksOf } from './read-labels';
import { readState } from './read-state';
import type { StoredLabel, StoredSubject } from './stored-label';

/**
 * The newest state of every label. `putIfNewer` is for a worker, the rest is for readers.
 *
 * @example
 * ```ts
 * import type { LabelStore } from 'labelrelay/worker';
 *
 * const idsOf = async (store: Pick<LabelStore, 'list'>, project: string) => {
 *   const ids: (string | undefined)[] = [];
 *   for await (const { label } of store.list({ project })) ids.push(label.id);
 *   return ids;
 * };
 * console.log(await idsOf({ async *list() {} }, '42')); // []
 * ```
 */
export interface LabelStore extends Values<Change> {
  /** The labels by source, then in the order of data rows. */
  list(query?: LabelQuery): AsyncGenerator<StoredLabel>;
  /** The same, those of one data row together, each with a cursor to go on with. */
  rows(query?: LabelQuery): AsyncGenerator<LabelRow>;
  /**
   * @param source the configured name
   * @param subject such as `label/<id>`
   * @returns undefined if the store does not know it
   */
  show(source: string, subject: string): Promise<StoredSubject | undefined>;
  /** The projects that it has had labels of. */
  projects(): Promise<readonly ProjectEntry[]>;
  /** About how many labels a query has: those that are gone count, too. */
  count(query?: LabelQuery): Promise<number>;
}

/** A label store on a table and a bucket, or on what stands in for them. */
export const createLabelStore = (ports: LabelPorts, options?: KeepOptions): LabelStore => ({
  ...keepLabels(ports, options),
  async *list(query = {}) {
    for await (const { labels } of readRows(ports, query)) yield* labels;
  },
  rows: (query = {}) => readRows(ports, query),
  async show(source, subject) {
    const [state] = await ports.items.read([`/${source}/${subject}`]);
    return state && readState(ports, state);
  },
  projects: () => ports.items.projects(),
  async count(query = {}) {
    let sum = 0;
    for (const [source, projects] of await projectsOf(ports, query)) {
      for (const project of projects) {
        sum += await ports.items.countLinks(project, { except: tasksOf(source) });
      }
    }
    return sum;
  },
});
