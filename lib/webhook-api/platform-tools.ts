import type { WebhookApi } from './webhook-api';

export interface ApiSettings {
  readonly apiKey: string;
  /** What an answer is waited for. */
  readonly timeoutMs: number;
}

/** How the command line manages the webhooks of a platform: `webhooks/tools.ts` in the platform's folder. */
export interface PlatformTools {
  /** The variable that its API key is in. */
  readonly apiKeyVariable: string;

  /** @throws LabelrelayError `usage` when the environment does not say where it is */
  webhooks(settings: ApiSettings): WebhookApi;

  /** Whether it sends to HTTPS alone. */
  readonly wantsHttps: boolean;

  /** Whether it has no webhooks of a whole organization, but of a project. */
  readonly wantsProject: boolean;

  /** Of a platform that may refuse to send to a private address: why nothing comes, and what mends it. */
  readonly privateAddress?: { readonly why: string; readonly fix: string };

  /** Without one of these topics a worker does not end in the right state. */
  readonly neededTopics: readonly string[];
}
