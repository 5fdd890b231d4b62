import type { Position } from '../consume/position';
import type { Change, Place } from './change';

/** The stored state of a subject. */
export interface State extends Position {
  /** `<source>/<subject>` */
  readonly key: string;
  /** The content: see `toBody`. Absent if the subject is gone, or the body is in an object. */
  readonly body?: Uint8Array;
  /** The key of the object that has the body. */
  readonly object?: string;
  /** Whether there ever was such an object. */
  readonly hadObject?: boolean;
  readonly about?: Change['about'];
  readonly place?: Place;
}

/** The state to store. */
export interface NewState
  extends Pick<State, 'body' | 'object' | 'place'>,
    Pick<Change, 'parents'> {
  readonly about: Change['about'];
  /** When the item may be deleted, in milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** A subject in a project. */
export interface Link {
  /** Sorts by data row: see `linkName`. */
  readonly name: string;
  readonly row: string;
  readonly key: string;
}

/** The links to read. */
export interface LinkOptions {
  /** The name of the last link before. */
  readonly after?: string;
  /** How many are read at once. */
  readonly page?: number;
  /** Those of one data row alone: see `rowOrder`. */
  readonly row?: string;
}

/**
 * A project of which the label store has had labels.
 *
 * @example
 * ```ts
 * import type { ProjectEntry } from 'labelrelay/worker';
 *
 * const entry: ProjectEntry = { project: '/labelbox/project/p', forms: ['label', 'row'] };
 * console.log(entry.forms.length > 1 ? 'labels count twice' : 'fine'); // labels count twice
 * ```
 */
export interface ProjectEntry {
  /** `<source>/project/<id>` */
  readonly project: string;
  /** Whether the labels that the project has had came one by one, or all of a data row together. */
  readonly forms: readonly ('label' | 'row')[];
}
export type Form = ProjectEntry['forms'][number];

/**
 * The items of the label store.
 *
 * @throws UnknownVersion if the table or an item has a form that this version does not know
 */
export interface LabelItems {
  addProject(entry: ProjectEntry): Promise<void>;
  projects(): Promise<readonly ProjectEntry[]>;

  putLink(project: string, link: Link): Promise<void>;
  /** In the order of names. */
  links(project: string, options?: LinkOptions): AsyncIterable<Link>;
  /** @param except the first part of the keys of subjects that do not count */
  countLinks(project: string, { except }: { except: string }): Promise<number>;

  /**
   * Stores a state, unless the stored one is as new or newer. A state without content keeps the place and the facts of the
   * one before.
   *
   * @returns the state before if it was stored, else the state that is stored; undefined if there is none
   */
  write(key: string, position: Position, state: NewState): Promise<Written>;
  /** @returns the states that exist, in any order */
  read(keys: readonly string[]): Promise<readonly State[]>;

  /**
   * Stores that a parent is gone.
   *
   * @param until the time before which it took its subjects along
   * @returns the place that an unfinished call noted for the same time
   */
  markGone(parent: string, until: string): Promise<string | undefined>;
  noteCascade(parent: string, until: string, place: string): Promise<void>;
  /** @returns the parents that are gone, each with its time */
  gone(parents: readonly string[]): Promise<readonly { parent: string; until: string }[]>;
  /**
   * Removes the content of a subject that has been under the parent since before the time.
   *
   * @returns its state before; undefined if it stays
   */
  deleteUnder(
    key: string,
    parent: string,
    until: string,
    expiresAt: number,
  ): Promise<State | undefined>;
}

export interface Written {
  readonly isWritten: boolean;
  readonly state?: State;
}

/** The objects of content that is too large for an item. */
export interface LabelObjects {
  put(key: string, body: Uint8Array): Promise<void>;
  /** @returns undefined if there is no such object */
  get(key: string): Promise<Uint8Array | undefined>;
  /** @returns the keys of the objects whose keys begin so */
  list(prefix: string): Promise<readonly string[]>;
  delete(key: string): Promise<void>;
}

export interface LabelPorts {
  readonly items: LabelItems;
  readonly objects: LabelObjects;
}
