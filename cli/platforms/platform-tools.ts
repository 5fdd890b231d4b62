import type { WebhookApi } from './webhook-api';

export interface ApiSettings {
  readonly apiKey: string;
  /** What an answer is waited for. */
  readonly timeoutMs: number;
}

/** What operators need to know of an annotation platform: each folder here makes one. */
export interface PlatformTools {
  /** The variable that its API key is in. */
  readonly apiKeyVariable: string;

  /** @throws LabelrelayError `usage` when the environment does not say where it is */
  webhooks(settings: ApiSettings): WebhookApi;

  /** Whether it sends to HTTPS alone. */
  readonly wantsHttps: boolean;

  /** Of a platform that may refuse to send to a private address: why nothing comes, and what mends it. */
  readonly privateAddress?: { readonly why: string; readonly fix: string };

  /** Without one of these topics a worker does not end in the right state. */
  readonly neededTopics: readonly string[];

  /**
   * A request of its training integration, which is verified as a webhook is and leaves nothing behind:
   * below `/training/<source>/`.
   */
  readonly harmless: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly body: string;
  };
}
