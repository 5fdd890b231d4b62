/** Something that is not in a data set, and how often. */
export interface LeftOut {
  /** A word for code, such as `size-unknown`. */
  readonly reason: string;
  /** The kind of annotation, where it is one. */
  readonly kind?: string;
  readonly count: number;
  /** The first few data rows or labels that it is about. */
  readonly examples: readonly string[];
}

/** The contents of a data set, and everything that its format cannot say. */
export interface Report {
  readonly format: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly leftOut: readonly LeftOut[];
  /** Facts about the contents that a reader should know. */
  readonly notes: readonly LeftOut[];
  /** The newest time of a label in it, RFC 3339; absent where none says. */
  readonly newest?: string;
}

const EXAMPLES = 5;

/** Counts while a data set is written. */
export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #leftOut = new Map<string, LeftOut & { count: number; examples: string[] }>();
  readonly #notes = new Map<string, LeftOut & { count: number; examples: string[] }>();
  #newest: string | undefined;

  count(what: string, by = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + by);
  }

  /** @param example the data row or label that it is about */
  leaveOut(reason: string, example: string, kind?: string): void {
    add(this.#leftOut, reason, example, kind);
  }

  note(reason: string, example: string): void {
    add(this.#notes, reason, example);
  }

  /** @param time RFC 3339 in UTC */
  see(time: string | undefined): void {
    if (time && (!this.#newest || Date.parse(time) > Date.parse(this.#newest))) this.#newest = time;
  }

  report(format: string): Report {
    return {
      format,
      counts: Object.fromEntries(this.#counts),
      leftOut: sorted(this.#leftOut),
      notes: sorted(this.#notes),
      newest: this.#newest,
    };
  }
}

function add(
  to: Map<string, LeftOut & { count: number; examples: string[] }>,
  reason: string,
  example: string,
  kind?: string,
): void {
  const key = `${reason}\n${kind ?? ''}`;
  const entry = to.get(key) ?? { reason, kind, count: 0, examples: [] };
  entry.count++;
  if (entry.examples.length < EXAMPLES && !entry.examples.includes(example)) {
    entry.examples.push(example);
  }
  to.set(key, entry);
}

const sorted = (entries: ReadonlyMap<string, LeftOut>): LeftOut[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
