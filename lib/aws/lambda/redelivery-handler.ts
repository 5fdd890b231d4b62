/** The events of the redelivery function: of S3 through EventBridge, of the schedule, or of a manual call. */
export interface RedeliveryEvent {
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
  readonly detail?: { readonly object?: { readonly key?: string } };
  /** Whether to try all held deliveries, due or not. */
  readonly all?: boolean;
}

export interface Redelivery {
  redeliver(key: string): Promise<void>;
  sweep(options: { all: boolean }): Promise<void>;
}

/** A Lambda handler for a held delivery that was just stored, and for all due deliveries. */
export const redeliveryHandler =
  ({ redeliver, sweep }: Redelivery) =>
  async ({ detail, all = false }: RedeliveryEvent): Promise<void> => {
    const key = detail?.object?.key;
    await (key ? redeliver(key) : sweep({ all }));
  };
