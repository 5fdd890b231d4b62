/** The result of a delivery. It is written beside its event, for sides that send the same. */
export interface Sent {
  readonly queueUrl: string;
  /** The body of the message. */
  readonly message: string;
  readonly attributes: object;
  readonly groupId: string;
  /** The object in S3, if the delivery was large. */
  readonly object?: string;
}

/** @param event the file of the event */
export const sentFile = (event: string): string => `${event}.sent`;
