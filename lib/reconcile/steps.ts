import { newest } from '../events/timestamp';
import type { ListedRow } from '../webhook-api/listing';
import type { ProjectNote, Rest } from './notes';
import { type Extent, restOf, type Window } from './window';

export interface StepsOptions extends Pick<Window, 'since' | 'rest' | 'began'> {
  readonly extent: Extent;
  readonly lagMs: number;
  /** Whether nothing is remembered before `commit`. */
  readonly isCommittedLate: boolean;
  remember(note: ProjectNote): Promise<void>;
}

type Place = Pick<Rest, 'cursor' | 'walk' | 'changes'>;

/** The steps after which the place of a list is remembered. */
const STEPS = 20;

/** Remembers the place of a list now and then. */
export class Steps {
  /** When the list began, perhaps in an earlier process. */
  readonly began: string;
  /** The newest change that was compared. */
  newest?: string;
  #place?: Place;
  #count = 0;

  constructor(private readonly options: StepsOptions) {
    const { began, rest } = options;
    this.began = rest?.began ?? began.toISOString();
    this.newest = rest?.newest;
  }

  /** Later changes do not count as compared: a row may have changed again after its page was read. */
  get latest(): string {
    return new Date(Date.parse(this.began) - this.options.lagMs).toISOString();
  }

  /** Notes rows that were compared. */
  compared(rows: readonly ListedRow[]): void {
    const times = rows.map(({ changedAt }) => changedAt).filter((each) => each <= this.latest);
    this.newest = newest([this.newest, ...times]);
  }

  async at(place: Place): Promise<void> {
    this.#place = place;
    if (!this.options.isCommittedLate && ++this.#count % STEPS === 0) await this.commit();
  }

  async commit(): Promise<void> {
    if (!this.#place) return;
    const { began, newest } = this;
    const { extent, since, remember } = this.options;
    await remember({
      [restOf(extent)]: { ...{ began, newest, since: since?.toISOString() }, ...this.#place },
    });
  }
}
