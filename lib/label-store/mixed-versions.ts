import type { StoredLabel } from './stored-label';

/** A project with labels that came one by one and labels that came with their data row. */
export interface MixedProject {
  readonly source: string;
  readonly project: string;
}

/**
 * Finds projects of Labelbox whose webhooks were of version 1 and of version 2. Their labels are in the store twice, and
 * nothing tells that two are the same.
 */
export class MixedVersions {
  readonly #forms = new Map<string, { one: boolean; row: boolean } & MixedProject>();

  see({ source, subject, project }: Pick<StoredLabel, 'source' | 'subject' | 'project'>): void {
    const key = `${source}\n${project?.id ?? ''}`;
    const seen = this.#forms.get(key) ?? {
      source,
      project: project?.id ?? '',
      one: false,
      row: false,
    };
    if (subject.startsWith('label/')) seen.one = true;
    else seen.row = true;
    this.#forms.set(key, seen);
  }

  get found(): MixedProject[] {
    return [...this.#forms.values()]
      .filter(({ one, row }) => one && row)
      .map(({ source, project }) => ({ source, project }));
  }
}
