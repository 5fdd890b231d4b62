import type { LabelStore } from '../label-store/label-store';

/** The state of a queue and of its dead letters. */
export interface QueueLine {
  /** Without the prefix `labelrelay-<stage>-`. */
  readonly name: string;
  /** Undefined if the queue is missing. */
  readonly waiting?: number;
  readonly inFlight?: number;
  /** The age of the oldest message in seconds, where it is known. */
  readonly ageSeconds?: number;
  /** Undefined for a queue without a worker. */
  readonly deadLetters?: number;
}

/** A dead letter, as `labelrelay dlq show` has it. */
export interface DeadLetter {
  readonly queue: string;
  /** The id of the event. */
  readonly id?: string;
  /** The id of the message in SQS. */
  readonly messageId?: string;
  /** How often the message was received; each look at it counts too. */
  readonly receives?: number;
  readonly sent?: string;
  readonly type?: string;
  readonly source?: string;
  readonly subject?: string;
  readonly reason: string;
  /** The event, or the text of the message if it is no JSON. */
  readonly event: unknown;
}

/** A held delivery, as `labelrelay held list` has it. */
export interface HeldLine {
  readonly key: string;
  readonly state: string;
  readonly source: string;
  readonly received: string;
  readonly bytes: number;
}

/** The answer to a delivery that the inspector sent. */
export interface Sent {
  readonly name: string;
  readonly status?: number;
  readonly id?: string;
  readonly events?: number;
  readonly problem?: string;
}

export interface Fixture {
  readonly platform: string;
  readonly name: string;
  /** The platform's own name of the event. */
  readonly event?: string;
  readonly bytes: number;
}

/** A body with the headers that a platform sends, without credentials. */
export interface Unsigned {
  readonly source: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Sends deliveries to the receiver, each signed with the secret of its source. */
export interface Sender {
  fixtures(): readonly Fixture[];
  /** @throws LabelrelayError `not-found` */
  sendFixture(platform: string, name: string): Promise<Sent>;
  /** Sends each fixture, each of them twice, in random order. */
  sendAll(): Promise<readonly Sent[]>;
  send(delivery: Unsigned): Promise<Sent>;
}

/** The stored parts of a delivery of a deployment. */
export interface Archived {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly id: string;
}

export interface InspectedSource {
  readonly name: string;
  readonly platform: string;
  readonly url: string;
}

/** The sources of everything that the inspector shows beside the deliveries. Only `sender` changes anything. */
export interface InspectorPorts {
  readonly stage: string;
  /** Whether it shows `npm start` itself, which sees every request; else what the tap shows. */
  readonly isLocal: boolean;
  readonly sources: readonly InspectedSource[];
  queues(): Promise<readonly QueueLine[]>;
  /** @throws LabelrelayError `not-found` */
  deadLetters(queue: string): Promise<readonly DeadLetter[]>;
  held(): Promise<readonly HeldLine[]>;
  /** Absent if there is none. */
  readonly labels?: Pick<LabelStore, 'projects' | 'rows' | 'show'>;
  readonly sender?: Sender;
  /** Reads `data` that is in the bucket. @returns undefined if it is gone, or too large to be shown */
  readData(dataref: string): Promise<Uint8Array | undefined>;
  /** Looks for the delivery of an event in the archive. Absent if there is none. */
  findArchived?(event: {
    readonly id: string;
    readonly source: string;
    readonly topic: string;
    readonly recordedtime: string;
  }): Promise<Archived | undefined>;
}
