import type { EventDraft } from '../../events/draft';
import type { ClaimCheck } from '../../events/schemas/attributes';
import type { EventData } from '../../events/schemas/data';
import type { Batch } from './batch';
import type { Output } from './output';

/** A draft, and where its data is when it was too large for memory. */
export interface Written {
  readonly draft: EventDraft;
  readonly claim?: ClaimCheck;
}

/** What is written of one draft: its data, its native, or both. */
export class Writing {
  readonly #outputs: readonly Output[];
  #nativeCommitted: Promise<ClaimCheck> | undefined;
  #committed: Promise<Written> | undefined;

  constructor(
    private readonly draft: EventDraft,
    private readonly data: Output | undefined,
    private readonly native: Output | undefined,
  ) {
    this.#outputs = [native, data].filter((output) => output !== undefined);
  }

  get isFilled(): boolean {
    return this.#outputs.every((output) => output.isFilled);
  }

  expects(hole: number): boolean {
    return this.#outputs.some((output) => output.expects(hole));
  }

  /** All of those that it ever expects. */
  get holes(): ReadonlySet<number> {
    return new Set(this.#outputs.flatMap((output) => output.holes));
  }

  async write(hole: number, batch: Batch): Promise<void> {
    for (const output of this.#expecting(hole)) await output.write(hole, batch);
  }

  /** What is whole is committed at once: there may be many of them. */
  async endHole(hole: number): Promise<void> {
    for (const output of this.#expecting(hole)) await output.endHole(hole);
    // It is whole before the data is where that has to be read more often.
    if (this.native?.isFilled) await this.#commitNative(this.native);
    if (this.isFilled) await this.commit();
  }

  #expecting(hole: number): Output[] {
    return this.#outputs.filter((output) => output.expects(hole));
  }

  commit(): Promise<Written> {
    this.#committed ??= this.#commit();
    return this.#committed;
  }

  async #commit(): Promise<Written> {
    const { draft, data, native } = this;
    const its = native && (await this.#commitNative(native));
    const { native: small, ...rest } = draft.data;
    const beside = its
      ? { nativeref: its.dataref, nativedigest: its.datadigest }
      : { native: small };
    if (data) return { draft, claim: await data.commit(beside) };
    return { draft: { ...draft, data: { ...rest, ...beside } as EventData } };
  }

  #commitNative(native: Output): Promise<ClaimCheck> {
    this.#nativeCommitted ??= native.commit();
    return this.#nativeCommitted;
  }

  async abort(): Promise<void> {
    for (const output of this.#outputs) await output.abort();
  }
}
