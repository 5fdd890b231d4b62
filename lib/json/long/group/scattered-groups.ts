import { type Batch, PARTS, toBatchOf } from '../batch';
import type { Grouping } from '../long-list';
import { type LongLimits, tooLong } from '../placeholder';
import type { GroupBuffer } from './group-buffer';
import type { Overflow } from './overflow';
import { type GroupText, mergeRuns, type Run, storeRun } from './runs';

/** The memory of a string beside its text, in characters. */
const STRING_LENGTH = 40;
/** The number of parts that are joined to one string. */
const JOINED = 256;
/** The most keys of groups. */
const MAX_KEYS = 250_000;

/** A group as text, which takes less memory than its value. */
class ScatteredGroup {
  length = 0;
  readonly #joined: string[] = [];
  #parts: string[] = [];

  /** @param head the first text of a group */
  begin(head: string): void {
    this.#joined.push(head);
    this.length += head.length + STRING_LENGTH;
  }

  add(part: string): void {
    this.#parts.push(part);
    this.length += part.length + STRING_LENGTH;
    if (this.#parts.length < JOINED) return;
    this.#joined.push(this.#parts.join());
    this.#parts = [];
    this.length -= (JOINED - 1) * STRING_LENGTH;
  }

  /** The head, if the group begins here, and parts with commas between them. */
  get texts(): string[] {
    return this.#parts.length === 0 ? this.#joined : [...this.#joined, this.#parts.join()];
  }
}

/**
 * Groups items that do not follow each other. When there is no room left, all that is in memory is stored as a run.
 * The runs are merged at the end.
 */
export class ScatteredGroups implements GroupBuffer {
  /** The numbers of groups, in the order of their first items. */
  readonly #numbers = new Map<string, number>();
  #count = 0;
  readonly #inMemory = new Map<number, ScatteredGroup>();
  #length = 0;
  readonly #runs: Run[] = [];
  #isEnded = false;

  constructor(
    private readonly by: Grouping<unknown, unknown, unknown>,
    private readonly limits: Pick<LongLimits, 'groupedLength' | 'blockLength'>,
    private readonly overflow: Overflow,
  ) {}

  add(item: unknown): void {
    const key = this.by.key(item);
    const known = key === undefined ? undefined : this.#numbers.get(key);
    const number = known ?? this.#count++;
    const group = this.#inMemory.get(number) ?? new ScatteredGroup();
    this.#inMemory.set(number, group);
    this.#length -= group.length;
    if (known === undefined) {
      if (key !== undefined) this.#numbers.set(key, number);
      if (this.#numbers.size > MAX_KEYS) throw tooLong('lists of what belongs together');
      group.begin(JSON.stringify(this.by.head(item)));
    }
    group.add(JSON.stringify(this.by.part(item)));
    this.#length += group.length;
  }

  async *whole(): AsyncGenerator<Batch> {
    if (this.#length > this.limits.groupedLength) await this.#store();
    if (!this.#isEnded) return;
    // Merging takes memory too.
    if (this.#runs.length > 0) await this.#store();
    for await (const texts of mergeRuns([...this.#runs, this.#takeAll()])) {
      yield await this.#toBatch(texts);
    }
  }

  end(): void {
    this.#isEnded = true;
  }

  async #store(): Promise<void> {
    this.#runs.push(await storeRun(this.#takeAll(), this.overflow, this.limits.blockLength));
    this.#length = 0;
  }

  /** Takes the groups out of memory, one by one: those that were taken need none. */
  *#takeAll(): Generator<GroupText> {
    for (const number of [...this.#inMemory.keys()].sort((a, b) => a - b)) {
      for (const text of this.#inMemory.get(number)?.texts ?? []) yield { number, text };
      this.#inMemory.delete(number);
    }
  }

  /** @param texts the head, and parts with commas between them */
  async #toBatch(texts: AsyncGenerator<string>): Promise<Batch> {
    const { value: head } = await texts.next();
    const first = JSON.parse(head);
    if (this.by.isPassedOn) return toBatchOf([[first, [PARTS]]], texts);
    const parts: string[] = [];
    let length = 0;
    for await (const text of texts) {
      parts.push(text);
      length += text.length;
      if (length > this.limits.groupedLength) throw tooLong('a list of what belongs together');
    }
    return toBatchOf([[first, JSON.parse(`[${parts}]`)]]);
  }
}
