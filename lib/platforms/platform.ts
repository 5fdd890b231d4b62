import type { EventDraft } from '../events/draft';
import type { JsonObject } from './read';

/** Header values by lower-case name. A header that came several times is joined with commas. */
export type Headers = { readonly [name: string]: string | undefined };

/** Why a delivery is not authentic: for the log, never for the sender. */
export type Refusal = 'no-secret' | 'credentials-missing' | 'credentials-malformed' | 'mismatch';

export type Verdict =
  /** `signaturesDisagree`: one signature header verified, another one did not. */
  | { readonly authentic: true; readonly signaturesDisagree?: boolean }
  | { readonly authentic: false; readonly reason: Refusal };

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

/** What the receiver needs to know of an annotation platform: each folder here makes one. */
export interface Platform {
  /** As `data.platform` and configuration have it. */
  readonly name: string;

  /** Constant time in the secrets. An empty list of secrets is never authentic. */
  authenticate(headers: Headers, body: Uint8Array, secrets: readonly string[]): Verdict;

  /** Whether a body may come with this `Content-Type`, which is undefined when none was sent. */
  acceptsContentType(contentType: string | undefined): boolean;

  /**
   * @returns the JSON objects in the body, in order
   * @throws LabelrelayError `undecodable` when it is not UTF-8 or holds anything else
   */
  decode(body: Uint8Array): JsonObject[];

  /** The body without what must not travel on: passwords, tokens. The rest is as received. */
  redact(body: JsonObject): JsonObject;

  /** One draft for each thing that a redacted body tells of. Never throws for any JSON object. */
  normalize(body: JsonObject, headers: Headers): EventDraft[];

  /** What a training integration calls, by the last part of its path. */
  readonly training: TrainingEndpoints;

  /** The platform's own name for what happened, as far as the unsigned headers or body tell. */
  eventName(body: JsonObject, headers: Headers): string | undefined;

  /** The platform's own id of the delivery, where it sends one: untrusted. */
  deliveryId(headers: Headers): string | undefined;
}
