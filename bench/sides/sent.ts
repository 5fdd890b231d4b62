/** What a delivery became: written beside its event, for the sides that send the same. */
export interface Sent {
  readonly queueUrl: string;
  /** The message, and its attributes as SQS takes them. */
  readonly message: string;
  readonly attributes: object;
  readonly groupId: string;
  /** What was stored in S3, where it was large. */
  readonly object?: string;
}

/** @param event the file of the event */
export const sentFile = (event: string): string => `${event}.sent`;
