import { compareToMark } from '../consume/position';
import { compareNames } from './place';
import type { Form, LabelItems, Link, State } from './ports';

interface Stored extends State {
  readonly parents: Readonly<Record<string, string>>;
}

interface Gone {
  readonly until: string;
  /** How far unfinished deletions of what is under it have come, by their times. */
  readonly cascades: Map<string, string>;
}

/** The items of the label store in memory, for tests and for a single process. Nothing expires. */
export function memoryItems(): LabelItems {
  const states = new Map<string, Stored>();
  const links = new Map<string, Map<string, Link>>();
  const parentsGone = new Map<string, Gone>();
  const projects = new Map<string, Set<Form>>();

  const linksOf = (parent: string): Map<string, Link> => {
    const found = links.get(parent) ?? new Map<string, Link>();
    links.set(parent, found);
    return found;
  };

  return {
    async addProject({ project, forms }) {
      projects.set(project, new Set([...(projects.get(project) ?? []), ...forms]));
    },
    projects: async () =>
      [...projects]
        .map(([project, forms]) => ({ project, forms: [...forms] }))
        .sort((one, other) => compareNames(one.project, other.project)),

    async putLink(parent, link) {
      linksOf(parent).set(link.name, link);
    },
    async *links(parent, { after, row } = {}) {
      const all = [...linksOf(parent).values()].sort((one, other) =>
        compareNames(one.name, other.name),
      );
      for (const link of all) {
        if (row !== undefined && link.row !== row) continue;
        if (after === undefined || compareNames(link.name, after) > 0) yield link;
      }
    },
    countLinks: async (parent, { except }) =>
      [...linksOf(parent).values()].filter(({ key }) => !key.startsWith(except)).length,

    async write(key, { sequence, id, recovered }, { parents = {}, expiresAt: _, ...state }) {
      const before = states.get(key);
      if (before && compareToMark({ sequence, id, recovered }, before) <= 0) {
        return { isWritten: false, state: before };
      }
      const hasContent = state.body !== undefined || state.object !== undefined;
      const { about, place } = hasContent ? state : { ...state, ...keptFacts(before) };
      const hadObject = before?.hadObject || state.object !== undefined;
      states.set(key, { ...state, key, sequence, id, parents, about, place, hadObject });
      return { isWritten: true, state: before };
    },
    read: async (keys) => keys.flatMap((key) => states.get(key) ?? []),

    async markGone(parent, until) {
      const before = parentsGone.get(parent);
      const cascades = before?.cascades ?? new Map<string, string>();
      if (!before || before.until < until) parentsGone.set(parent, { until, cascades });
      return cascades.get(until);
    },
    async noteCascade(parent, until, place) {
      parentsGone.get(parent)?.cascades.set(until, place);
    },
    gone: async (parents) =>
      parents.flatMap((parent) => {
        const found = parentsGone.get(parent);
        return found ? [{ parent, until: found.until }] : [];
      }),
    async deleteUnder(key, parent, until) {
      const before = states.get(key);
      const since = before?.parents[parent];
      if (!before || since === undefined || since > until) return undefined;
      const { body: _, object: __, ...rest } = before;
      states.set(key, rest);
      return before;
    },
  };
}

/** The facts that stay known of a subject that is gone. */
const keptFacts = (before: Stored | undefined): Pick<State, 'about' | 'place'> => ({
  ...(before?.about && { about: before.about }),
  ...(before?.place && { place: before.place }),
});
