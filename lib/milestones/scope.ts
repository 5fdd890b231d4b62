import type { ItemKey } from './items';

/** What is counted together: a project of a source, or a source as a whole. */
export interface Scope {
  /** The configured name of the source, without a slash. */
  readonly source: string;
  readonly project?: string;
}

/** A rule in a scope. */
export interface Group extends Scope {
  readonly rule: string;
}

/** The key under which the scopes are listed. Keys of scopes and subjects begin with a slash. */
export const SCOPES = '#scopes';

export const scopeKey = ({ source, project }: Scope): ItemKey => ({
  key: `/${source}${project === undefined ? '' : `/project/${project}`}`,
  item: 'counts',
});

/** The name of a group, which is also that of its marks: a rule that counts otherwise has other marks. */
export const nameOf = ({ rule, source, project }: Group): string =>
  `${rule}/${source}${project === undefined ? '' : `/project/${project}`}`;
