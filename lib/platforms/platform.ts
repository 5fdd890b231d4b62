import type { EventDraft } from '../events/draft';
import type { LongShape } from '../json/long/long-shape';
import type { JsonObject } from '../json/read';
import type { Scheme } from './scheme';

/** Header values by lower-case name. Repeated headers are joined with commas. */
export type Headers = { readonly [name: string]: string | undefined };

/** Builds the answer of an endpoint, which may contain the configured models. */
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

/** The lists that can grow without limit, and their contents. */
export interface LargeShape extends LongShape {
  /** Whether each item of a list in a body becomes an event. */
  isEventList(path: readonly string[], body: JsonObject): boolean;
  /** Whether a JSON text may contain anything that `redact` removes. Must be fast. */
  mayHaveSecrets(json: string): boolean;
}

/** The interface between the receiver and an annotation platform. Each folder here implements it. */
export interface Platform {
  /** The name in `data.platform` and in the configuration. */
  readonly name: string;

  /** The schemes of credentials with which it proves that a delivery is authentic. */
  readonly schemes: readonly Scheme[];

  /** The timeout of the sender, in milliseconds; a common value if the platform does not document it. */
  readonly timeoutMs: number;

  /** The headers that are read beside credentials. All others are dropped. */
  readonly headers: readonly string[];

  /**
   * Whether a body may have this `Content-Type`, which is undefined if there is none. Always true, unless the platform is
   * known to send one type only.
   */
  acceptsContentType(contentType: string | undefined): boolean;

  /**
   * @param body the bytes, or their UTF-8 text
   * @returns the JSON objects in the body, in order
   * @throws LabelrelayError `undecodable` if it is not UTF-8, or contains anything else
   */
  decode(body: Uint8Array | string): JsonObject[];

  /** How to read bodies that are too large for memory. If absent, they are not understood. */
  readonly largeShape?: LargeShape;

  /**
   * Removes passwords and tokens, which must not be passed on. The rest is unchanged.
   *
   * @returns the body itself if it has none
   */
  redact(body: JsonObject): JsonObject;

  /** Makes the drafts of the events of a redacted body. Never throws for any JSON object. */
  normalize(body: JsonObject, headers: Headers): EventDraft[];

  /** The endpoints of a training integration by the last part of their path; absent if there is none. */
  readonly training?: TrainingEndpoints;

  /** The header that names the event, if the platform has one. It must be in `headers` too. */
  readonly eventHeader?: string;

  /** The platform's own name of the event, from the unsigned headers or the body. */
  eventName(body: JsonObject, headers: Headers): string | undefined;

  /** The platform's own id of the delivery, if it sends one. It is not trusted. */
  deliveryId?(headers: Headers): string | undefined;
}
