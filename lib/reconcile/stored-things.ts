import { inChunks } from '../label-store/in-chunks';
import { rowOrder } from '../label-store/place';
import type { Form, LabelPorts, Link, State } from '../label-store/ports';
import { readState, splitKey } from '../label-store/read-state';
import type { StoredSubject } from '../label-store/stored-label';

/** How many states are read at once: the most that DynamoDB takes. */
const CHUNK = 100;
/** The subjects of a row that are read at once. Few rows have more. */
const PAGE = 25;

/** The label store, by the subjects of one source. */
export interface StoredThings {
  /** The projects with labels or tasks. */
  projects(): Promise<readonly StoredProject[]>;
  /** Reads the states of subjects, also of those that are gone. */
  read(subjects: readonly string[]): Promise<Map<string, StoredSubject>>;
  /** Reads the states in a row of a project, also of what is gone. */
  inRow(projectId: string, rowId: string): Promise<StoredSubject[]>;
  /** Reads the states in a project, so many at a time, also of what is gone. @param after the `last` of a chunk */
  inProject(projectId: string, after?: string): AsyncIterable<StoredChunk>;
  /** The tasks and projects among these that took their subjects along, and until when each did. */
  ends(parents: readonly string[]): Promise<Map<string, string>>;
}

export interface StoredChunk {
  readonly things: readonly StoredSubject[];
  /** Where the next chunk begins. */
  readonly last: string;
}

export interface StoredProject {
  readonly id: string;
  readonly forms: readonly Form[];
}

/** Whether a subject has anything that can be missing at the platform. */
export const isLive = ({ deleted, labels }: StoredSubject): boolean =>
  !deleted && labels?.length !== 0;

export function storedThings(ports: LabelPorts, source: string): StoredThings {
  const { items } = ports;
  const prefix = `/${source}/`;
  const project = (id: string): string => `${prefix}project/${id}`;

  /** @param isMeant leaves out states before their content is read */
  async function open(keys: readonly string[], isMeant: (state: State) => boolean = () => true) {
    const states = (await items.read([...new Set(keys)])).filter(isMeant);
    const found = await Promise.all(states.map((state) => readState(ports, state)));
    return found.filter((each) => each !== undefined);
  }

  /** A thing that was moved has an old link. */
  const placed = (links: readonly Link[], parent: string) => {
    const places = new Set(links.map(({ key, row }) => `${row} ${key}`));
    return ({ key, place }: State): boolean =>
      !place || (place.project === parent && places.has(`${place.row} ${key}`));
  };

  return {
    async projects() {
      const all = (await items.projects()).map(({ project, forms }) => ({
        ...splitKey(project),
        forms,
      }));
      return all
        .filter((each) => each.source === source)
        .map(({ subject, forms }) => ({ id: subject.slice('project/'.length), forms }))
        .filter(({ id }) => id !== '');
    },
    async read(subjects) {
      const found = new Map<string, StoredSubject>();
      for await (const chunk of inChunks(subjects, CHUNK)) {
        const keys = chunk.map((subject) => prefix + subject);
        for (const stored of await open(keys)) found.set(stored.subject, stored);
      }
      return found;
    },
    async inRow(projectId, rowId) {
      const [parent, row] = [project(projectId), rowOrder(rowId)];
      const links: Link[] = [];
      for await (const link of items.links(parent, { after: `${row} `, page: PAGE })) {
        if (link.row !== row) break;
        links.push(link);
      }
      const found: StoredSubject[] = [];
      for await (const chunk of inChunks(links, CHUNK)) {
        const keys = chunk.map(({ key }) => key);
        found.push(...(await open(keys, placed(links, parent))));
      }
      return found;
    },
    async *inProject(projectId, after) {
      const parent = project(projectId);
      for await (const links of inChunks(items.links(parent, { after }), CHUNK)) {
        const keys = links.map(({ key }) => key);
        yield {
          things: await open(keys, placed(links, parent)),
          last: links.at(-1)?.name ?? '',
        };
      }
    },
    async ends(parents) {
      const found = new Map<string, string>();
      for await (const chunk of inChunks(parents, CHUNK)) {
        const keys = chunk.map((parent) => prefix + parent);
        for (const { parent, until } of await items.gone(keys)) {
          found.set(splitKey(parent).subject, until);
        }
      }
      return found;
    },
  };
}
