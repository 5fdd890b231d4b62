import type { Listing, ListingOptions } from './listing';
import type { WebhookApi } from './webhook-api';

/** The name and the value of an environment variable. */
export interface Given {
  readonly variable: string;
  readonly value?: string;
}

export interface ApiSettings {
  readonly apiKey: string;
  /** The address of the API, with the name of its variable. */
  readonly url: Given;
  /** How long a call waits for an answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** How webhooks of a platform are managed, and what it has is listed: `webhooks/tools.ts` in the platform's folder. */
export interface PlatformTools {
  /** The names of the variables with the address of the API and its key. */
  readonly urlVariable: string;
  readonly apiKeyVariable: string;

  /** @throws LabelrelayError `usage` if the environment does not contain the address */
  webhooks(settings: ApiSettings): WebhookApi;

  /**
   * Lists what the platform has now. Absent: reconciliation does not know the platform.
   *
   * @throws LabelrelayError `usage` if the environment does not contain the address
   */
  listing?(settings: ApiSettings, options?: ListingOptions): Listing;

  /**
   * Lists what a file has that was exported by hand. Absent: no file of the platform can be read.
   *
   * @param path of the file
   */
  listingOfFile?(path: string): Listing;

  /**
   * If the API cannot make webhooks that tell of the labels of a data row together: how to make one in the platform's app.
   *
   * @param url the URL of the webhook
   */
  readonly rowWebhooksByHand?: (url: string) => string;

  /** Whether the platform only sends to HTTPS. */
  readonly wantsHttps: boolean;

  /** Whether each webhook belongs to a project: the platform has none for a whole organization. */
  readonly wantsProject: boolean;

  /** If the platform may refuse to send to a private address: the reason why nothing arrives, and how to fix that. */
  readonly privateAddress?: { readonly why: string; readonly fix: string };

  /**
   * If the platform has two kinds of webhooks for the same labels: why a label counts twice if both have one address, and
   * how to fix that.
   */
  readonly twoVersions?: { readonly why: string; readonly fix: string };

  /** The steps in the platform's app for a new secret, one sentence each. @param url the URL of the webhook */
  readonly giveSecret: (url: string) => readonly string[];

  /** After the API has set a secret: the places that need it too and that only the platform's app can change. */
  readonly alsoByHand: string;

  /** The topics that a worker needs: if one is missing, it does not end in the right state. */
  readonly neededTopics: readonly string[];
}
