import { compareNames } from './place';
import type { LabelItems, Link } from './ports';

/** A link, and the project that it is in. */
export interface ProjectLink extends Link {
  readonly project: string;
}

/** How many links are in memory at most. */
const LINKS = 10_000;

/** The links of several projects in the order of data rows. @param after the name of the last link before */
export async function* mergeLinks(
  items: LabelItems,
  projects: readonly string[],
  after?: string,
): AsyncGenerator<ProjectLink> {
  const page = Math.max(10, Math.ceil(LINKS / Math.max(1, projects.length)));
  const streams = projects.map((project) => ({
    project,
    links: items.links(project, { after, page })[Symbol.asyncIterator](),
  }));
  const heads = await Promise.all(streams.map(({ links }) => links.next()));
  for (;;) {
    let least: { link: Link; at: number } | undefined;
    for (const [at, { done, value }] of heads.entries()) {
      if (!done && (!least || compareNames(value.name, least.link.name) < 0)) {
        least = { link: value, at };
      }
    }
    const stream = streams[least?.at ?? -1];
    if (!least || !stream) return;
    yield { ...least.link, project: stream.project };
    heads[least.at] = await stream.links.next();
  }
}
