/** A webhook as the platform describes it. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** The platform's own names. */
  readonly topics: readonly string[] | 'all';
  readonly status: 'active' | 'inactive' | 'revoked';
  /** Absent if the webhook reports everything in the organization. */
  readonly project?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface NewWebhook {
  readonly url: string;
  readonly secret: string;
  /** The platform's own names; all topics if absent. */
  readonly topics?: readonly string[];
  readonly project?: string;
}

export interface WebhookChange {
  readonly url?: string;
  readonly topics?: readonly string[] | 'all';
  readonly status?: 'active' | 'inactive';
}

/**
 * The webhooks of a platform. Each call can throw LabelrelayError: `denied`, `not-found`, `refused` with the
 * platform's reason, or `unavailable`.
 */
export interface WebhookApi {
  /** Every webhook of the organization, or those of one project. */
  list(project?: string): Promise<Webhook[]>;
  create(webhook: NewWebhook): Promise<Webhook>;
  update(id: string, change: WebhookChange): Promise<Webhook>;
  remove(id: string): Promise<void>;
  /** Absent if a webhook can never change its secret. Then a new webhook replaces it. */
  changeSecret?(id: string, secret: string): Promise<void>;
}
