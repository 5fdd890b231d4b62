import type { EventDraft } from '../../events/draft';
import type { ClaimCheck, EventData } from '../../events/types';
import type { Batch } from '../../json/long/batch';
import type { Taker } from '../../json/long/write/fill';
import type { ClaimWriter } from './claim-writer';

/** A draft, and the address of its data if that was too large for memory. */
export interface Written {
  readonly draft: EventDraft;
  readonly claim?: ClaimCheck;
}

/** Writes the long parts of one draft: its data, its native, or both. */
export class DraftWriter implements Taker {
  readonly #writers: readonly ClaimWriter[];
  #nativeCommitted: Promise<ClaimCheck> | undefined;
  #committed: Promise<Written> | undefined;

  constructor(
    private readonly draft: EventDraft,
    private readonly data: ClaimWriter | undefined,
    private readonly native: ClaimWriter | undefined,
  ) {
    this.#writers = [native, data].filter((writer) => writer !== undefined);
  }

  get isFilled(): boolean {
    return this.#writers.every(({ json }) => json.isFilled);
  }

  expects(placeholder: number): boolean {
    return this.#writers.some(({ json }) => json.expects(placeholder));
  }

  /** All placeholders that it ever expects. */
  get placeholders(): ReadonlySet<number> {
    return new Set(this.#writers.flatMap(({ json }) => [...json.placeholders]));
  }

  async write(placeholder: number, batch: Batch): Promise<void> {
    for (const { json } of this.#expecting(placeholder)) await json.write(placeholder, batch);
  }

  /** Ends a placeholder. A draft that is complete is committed at once, since there may be many drafts. */
  async endOf(placeholder: number): Promise<void> {
    for (const { json } of this.#expecting(placeholder)) await json.endOf(placeholder);
    // The native may be complete earlier, since the data may need more reads.
    if (this.native?.json.isFilled) await this.#commitNative(this.native);
    if (this.isFilled) await this.commit();
  }

  #expecting(placeholder: number): ClaimWriter[] {
    return this.#writers.filter(({ json }) => json.expects(placeholder));
  }

  commit(): Promise<Written> {
    this.#committed ??= this.#commit();
    return this.#committed;
  }

  async #commit(): Promise<Written> {
    const { draft, data, native } = this;
    const claim = native && (await this.#commitNative(native));
    const { native: small, ...rest } = draft.data;
    const beside = claim
      ? { nativeref: claim.dataref, nativedigest: claim.datadigest }
      : { native: small };
    if (data) return { draft, claim: await data.commit(beside) };
    return { draft: { ...draft, data: { ...rest, ...beside } as EventData } };
  }

  #commitNative(native: ClaimWriter): Promise<ClaimCheck> {
    this.#nativeCommitted ??= native.commit();
    return this.#nativeCommitted;
  }

  async abort(): Promise<void> {
    for (const writer of this.#writers) await writer.abort();
  }
}
