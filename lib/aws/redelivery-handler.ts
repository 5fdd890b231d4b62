/** What the redelivery function is called with: by S3 through EventBridge, by the schedule, by hand. */
export interface RedeliveryEvent {
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
  readonly detail?: { readonly object?: { readonly key?: string } };
  /** Every held delivery, whether its time has come or not. */
  readonly all?: boolean;
}

export interface Redelivery {
  redeliver(key: string): Promise<void>;
  sweep(options: { all: boolean }): Promise<void>;
}

/** A Lambda handler for a held delivery that was just stored, and for all that are due. */
export const redeliveryHandler =
  ({ redeliver, sweep }: Redelivery) =>
  async ({ detail, all = false }: RedeliveryEvent): Promise<void> => {
    const key = detail?.object?.key;
    await (key ? redeliver(key) : sweep({ all }));
  };
