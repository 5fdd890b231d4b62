import { LabelrelayError } from '../../errors';
import { beginHash } from '../../events/body-hash';
import { deliveryHash, shortened } from '../../events/identify';
import { BodyCutter } from '../../json/long/cut/read-pieces';
import type { LongLimits, Placeholder } from '../../json/long/placeholder';
import type { Arrival } from '../delivery';
import { expectId } from '../stored/record';
import type { StoredDelivery } from '../stored/stored-delivery';

/** The result of reading a large body once. */
export interface Survey {
  readonly arrival: Arrival;
  readonly id: string;
  /** The size of the body, in bytes. */
  readonly size: number;
  /** The body, with a mark in place of each placeholder. */
  readonly rest: string;
  readonly depth: number;
  /** The number of long lists and objects. */
  readonly lists: number;
  /** The first placeholder at each path. There can be many thousands at one path. */
  readonly placeholders: readonly Placeholder[];
  /** The reason why the body cannot be read in parts. */
  readonly problem?: LabelrelayError;
}

/**
 * Reads an authentic body for the first time: compares it with its id, and finds its long lists.
 *
 * @throws LabelrelayError `unreadable-record`
 */
export async function survey(
  { arrival, id, size, read }: StoredDelivery,
  limits: LongLimits,
): Promise<Survey> {
  const { source } = arrival;
  const hash = beginHash(deliveryHash(source.name));
  const reader = new Reader(new BodyCutter(source.platform.largeShape, limits));
  for await (const bytes of await read()) {
    hash.update(bytes);
    reader.read((cutter) => cutter.push(bytes));
  }
  expectId(shortened(hash.digest('hex')), id);
  reader.read((cutter) => cutter.finish());
  const { cutter } = reader.body;
  const { lists, placeholders, problem } = reader;
  return {
    arrival,
    id,
    size,
    rest: cutter.rest,
    depth: cutter.depth,
    lists,
    placeholders,
    problem,
  };
}

/** Reads the body until a problem. The rest of it is only hashed. */
class Reader {
  lists = 0;
  readonly #byPath = new Map<string, Placeholder>();
  problem: LabelrelayError | undefined;

  constructor(readonly body: BodyCutter) {}

  read(some: (body: BodyCutter) => ReturnType<BodyCutter['push']>): void {
    if (this.problem) return;
    try {
      for (const { placeholder, text } of some(this.body))
        if (text === undefined) this.#add(placeholder);
    } catch (error) {
      if (!(error instanceof LabelrelayError)) throw error;
      this.problem = error;
    }
  }

  get placeholders(): Placeholder[] {
    return [...this.#byPath.values()];
  }

  #add(placeholder: Placeholder): void {
    this.lists++;
    const path = JSON.stringify(placeholder.path);
    if (!this.#byPath.has(path)) this.#byPath.set(path, placeholder);
  }
}
