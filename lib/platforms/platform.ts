import type { EventDraft } from '../events/draft';
import type { LongShape } from '../json/long/long-shape';
import type { JsonObject } from '../json/read';
import type { Scheme } from './scheme';

/** Header values by lower-case name. A header that came several times is joined with commas. */
export type Headers = { readonly [name: string]: string | undefined };

/** What an endpoint answers with: the models that are configured may be part of it. */
export type TrainingAnswer = (models: readonly string[]) => object;

export type TrainingEndpoints = Readonly<
  Record<
    string,
    {
      readonly method: 'GET' | 'POST';
      /** `accept`: the request is a delivery like any other. */
      readonly answer: TrainingAnswer | 'accept';
    }
  >
>;

/** Where bodies grow without limit, and what is in them there. */
export interface LargeShape extends LongShape {
  /** Whether each item of a list in a body becomes an event. */
  isEventList(path: readonly string[], body: JsonObject): boolean;
  /** Whether JSON text may have in it what `redact` takes out: it is told at a glance. */
  mayHaveSecrets(json: string): boolean;
}

/** What the receiver needs to know of an annotation platform: each folder here makes one. */
export interface Platform {
  /** As `data.platform` and configuration have it. */
  readonly name: string;

  /** How it shows that a delivery is its own. */
  readonly schemes: readonly Scheme[];

  /**
   * How long a sender waits for the answer before it gives up, in milliseconds; what is usual where
   * the platform does not say.
   */
  readonly patienceMs: number;

  /** The headers beside credentials that are read of a delivery: all others are forgotten. */
  readonly headers: readonly string[];

  /** Whether a body may come with this `Content-Type`, which is undefined when none was sent. */
  acceptsContentType(contentType: string | undefined): boolean;

  /**
   * @param body its bytes, or what they are in UTF-8
   * @returns the JSON objects in the body, in order
   * @throws LabelrelayError `undecodable` when it is not UTF-8 or holds anything else
   */
  decode(body: Uint8Array | string): JsonObject[];

  /** How bodies are read that are too large for memory: without it they are not understood. */
  readonly largeShape?: LargeShape;

  /** The body without what must not travel on: passwords, tokens. The rest is as received. */
  redact(body: JsonObject): JsonObject;

  /** One draft for each thing that a redacted body tells of. Never throws for any JSON object. */
  normalize(body: JsonObject, headers: Headers): EventDraft[];

  /** What a training integration calls, by the last part of its path; absent where there is none. */
  readonly training?: TrainingEndpoints;

  /** The header that names the event, where the platform has one. `headers` has it too. */
  readonly eventHeader?: string;

  /** The platform's own name for what happened, as far as the unsigned headers or body tell. */
  eventName(body: JsonObject, headers: Headers): string | undefined;

  /** The platform's own id of the delivery, where it sends one: untrusted. */
  deliveryId?(headers: Headers): string | undefined;
}
