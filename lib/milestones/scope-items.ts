import { type ItemKey, type Items, readOne } from './items';
import { type Scope, scopeKey, scopeName } from './scope';
import { type Placed, settled } from './scope-state';

/** The item of a scope. That of a source also has the states of its projects that changed last. */
export interface ScopeItem {
  readonly home: Scope;
  /** In the order of their last change. */
  readonly states: readonly Placed[];
  /** A project: the revision of its source's item from which the state was moved here. */
  readonly from?: number;
}

/** An item as it was read, together with the states that its next write moves into it. */
export interface Stored extends ScopeItem {
  /** 0 if there is no item. */
  readonly revision: number;
}

/** The most characters of an item of a source: states that changed longest ago are moved out. */
const MAX_LENGTH = 16_000;

/**
 * Items of scopes. A project has one of its own until its source has one, which is made for the first rule by source. From
 * then on the project is written there, so that an event costs one write for both. A source has more projects than fit into
 * an item: those that changed longest ago are moved out into their own items, and back when they change again. While a state
 * is in the item of its source, its own item is old, and is not read.
 *
 * @param maxLength of the item of a source, in characters of JSON
 */
export function scopeItemsOf(items: Items, maxLength = MAX_LENGTH) {
  async function readOwn(scopes: readonly Scope[]): Promise<readonly Stored[]> {
    const found = scopes.length > 0 ? await items.read(scopes.map(scopeKey)) : [];
    return scopes.map((home, index) => {
      const { value, revision } = found[index] ?? { value: emptyItem(home), revision: 0 };
      return { ...(value as ScopeItem), revision };
    });
  }

  /** @param scopes of one source. @returns the items that have their states, or get them */
  async function read(scopes: readonly [Scope, ...Scope[]]): Promise<readonly Stored[]> {
    const home: Scope = { source: scopes[0].source };
    const projects = scopes.filter(({ project }) => project !== undefined);
    const [shared, ...own] = await readOwn([home, ...projects]);
    if (!shared) return own;
    if (shared.revision === 0) {
      if (projects.length === scopes.length) return own;
      // The states of projects are read once it is there: a later write of a project's own item is void.
      await items.put(scopeKey(home), emptyItem(home), 0);
      return read(scopes);
    }
    const known = new Set(shared.states.map(({ scope }) => scopeName(scope)));
    const joining = await readOwn(projects.filter((scope) => !known.has(scopeName(scope))));
    const joined = joining.flatMap(({ states }) => states);
    const states = [...shared.states, ...joined];
    if (!joined.some(isOpen)) return [{ ...shared, states }];
    // Nothing is published or marked before it is sure that these states are the newest.
    await items.put(scopeKey(home), { home, states }, shared.revision);
    return read(scopes);
  }

  /** @returns the item that must not be there yet when the marks of an own item are read; undefined if there is none */
  const rivalOf = ({ home }: Stored): ItemKey | undefined =>
    home.project === undefined ? undefined : scopeKey({ source: home.source });

  /**
   * Writes an item of which all is marked and published.
   *
   * @returns the item as it is now; undefined if somebody else has written it
   */
  async function write(stored: Stored, changed: readonly Placed[]): Promise<Stored | undefined> {
    const { home, from, revision } = stored;
    const names = new Set(changed.map(({ scope }) => scopeName(scope)));
    const others = stored.states.filter(({ scope }) => !names.has(scopeName(scope))).map(settled);
    const { kept, idle } = divide(others, maxLength - lengthOf(changed));
    const areOut = await Promise.all(idle.map((placed) => moveOut(placed, revision)));
    if (areOut.includes(false)) return undefined;
    const scopeItem: ScopeItem = { home, states: [...kept, ...changed], from };
    if (!(await items.put(scopeKey(home), scopeItem, revision))) return undefined;
    // If the source got its item meanwhile, the state may have been moved there without this write.
    const rival = rivalOf(stored);
    const isVoid = rival !== undefined && (await readOne(items, rival)) !== undefined;
    return isVoid ? undefined : { ...scopeItem, revision: revision + 1 };
  }

  /** @param from the revision of the source's item. @returns false if that is written already */
  async function moveOut(placed: Placed, from: number): Promise<boolean> {
    const key = scopeKey(placed.scope);
    const own = await readOne<ScopeItem>(items, key);
    const known = own?.value.from ?? 0;
    // Another worker has moved it out. If the source's item still has it, the revision is the same.
    if (known >= from) return known === from;
    const scopeItem: ScopeItem = { home: placed.scope, states: [placed], from };
    return items.put(key, scopeItem, own?.revision ?? 0);
  }

  return { read, write, rivalOf };
}

const emptyItem = (home: Scope): ScopeItem => ({
  home,
  states: [{ scope: home, state: { epochs: {} } }],
});

/** Whether something may not be marked or published yet. */
const isOpen = ({ state }: Placed): boolean =>
  Object.values(state.epochs).some(({ log, outbox }) => log.length > 0 || outbox.length > 0);

const lengthOf = (states: readonly Placed[]): number => JSON.stringify(states).length;

/** Keeps the states that changed last, and that of the source, as long as they fit. */
function divide(states: readonly Placed[], length: number): Record<'kept' | 'idle', Placed[]> {
  let left = length;
  const kept: Placed[] = [];
  const idle: Placed[] = [];
  for (const placed of [...states].reverse()) {
    left -= lengthOf([placed]);
    (left >= 0 || placed.scope.project === undefined ? kept : idle).unshift(placed);
  }
  return { kept, idle };
}
