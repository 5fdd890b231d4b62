import type { EventDraft } from '../events/draft';
import type { LabelPorts } from '../label-store/ports';
import type { Listing } from '../webhook-api/listing';

/** The state of a source between two runs, by name. */
export interface Notes {
  /** @returns undefined if there is none */
  read(name: string): Promise<unknown>;
  write(name: string, note: object): Promise<void>;
}

export interface ReconcilePorts {
  readonly listing: Listing;
  readonly labels: LabelPorts;
  readonly notes: Notes;
  /** Sends recovered events to every queue of their topics. @throws unless every queue has them */
  publish(drafts: readonly EventDraft[], foundAt: Date): Promise<void>;
  /** About how many events the label store has not taken yet. */
  backlog(): Promise<number>;
}
