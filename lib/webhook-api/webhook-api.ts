/** A webhook as its platform has it. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** The platform's own names. */
  readonly topics: readonly string[] | 'all';
  readonly status: 'active' | 'inactive' | 'revoked';
  /** Absent where it tells of everything in the organization. */
  readonly project?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface NewWebhook {
  readonly url: string;
  readonly secret: string;
  /** The platform's own names; everything that it offers without. */
  readonly topics?: readonly string[];
  readonly project?: string;
}

export interface WebhookChange {
  readonly url?: string;
  readonly topics?: readonly string[] | 'all';
  readonly status?: 'active' | 'inactive';
}

/**
 * What each platform's folder makes. Each call throws LabelrelayError: `denied`, `not-found`,
 * `refused` with what the platform says against it, or `unavailable`.
 */
export interface WebhookApi {
  /** Every webhook of the organization, or those of one project. */
  list(project?: string): Promise<Webhook[]>;
  create(webhook: NewWebhook): Promise<Webhook>;
  update(id: string, change: WebhookChange): Promise<Webhook>;
  remove(id: string): Promise<void>;
  /** Absent where a webhook keeps its secret for life, and another one takes its place. */
  changeSecret?(id: string, secret: string): Promise<void>;
}
