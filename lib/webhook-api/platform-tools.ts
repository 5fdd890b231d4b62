import type { WebhookApi } from './webhook-api';

/** A variable of the environment: its name, and what is in it. */
export interface Given {
  readonly variable: string;
  readonly value?: string;
}

export interface ApiSettings {
  readonly apiKey: string;
  /** Where its API is, and the variable that says so. */
  readonly url: Given;
  /** What an answer is waited for. */
  readonly timeoutMs: number;
}

/** How the command line manages the webhooks of a platform: `webhooks/tools.ts` in the platform's folder. */
export interface PlatformTools {
  /** The variables that the address of its API and the key to it are in. */
  readonly urlVariable: string;
  readonly apiKeyVariable: string;

  /** @throws LabelrelayError `usage` when the environment does not say where it is */
  webhooks(settings: ApiSettings): WebhookApi;

  /** Whether it sends to HTTPS alone. */
  readonly wantsHttps: boolean;

  /** Whether it has no webhooks of a whole organization, but of a project. */
  readonly wantsProject: boolean;

  /** Of a platform that may refuse to send to a private address: why nothing comes, and what mends it. */
  readonly privateAddress?: { readonly why: string; readonly fix: string };

  /** What to do in its app for a new secret, a sentence each. @param url of the webhook */
  readonly giveSecret: (url: string) => readonly string[];

  /** What has the secret too and is in its app alone, where its API was told. */
  readonly alsoByHand: string;

  /** Without one of these topics a worker does not end in the right state. */
  readonly neededTopics: readonly string[];
}
