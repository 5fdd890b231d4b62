import type { ItemKey } from './items';

/** A project of a source, or a source as a whole. Its changes are counted together. */
export interface Scope {
  /** The configured name of the source, without a slash. */
  readonly source: string;
  readonly project?: string;
}

/** A rule in a scope. */
export interface Group extends Scope {
  readonly rule: string;
}

/** One key would be one partition, which takes 1,000 write units a second. */
const SHARDS = 16;

const shard = (number: number): string => `#scopes ${number}`;

/** The keys under which the items of scopes are listed. Keys of subjects begin with a slash. */
export const SCOPES: readonly string[] = Array.from({ length: SHARDS }, (_, index) => shard(index));

/** The item of a scope, if the scope has one of its own. */
export function scopeKey(scope: Scope): ItemKey {
  const item = scopeName(scope);
  let number = 0;
  for (const byte of Buffer.from(item)) number = (number * 31 + byte) % SHARDS;
  return { key: shard(number), item };
}

export const scopeName = ({ source, project }: Scope): string =>
  `/${source}${project === undefined ? '' : `/project/${project}`}`;

/** The name of a group, and of its marks. A rule with another scope has other marks. */
export const nameOf = (group: Group): string => `${group.rule}${scopeName(group)}`;
