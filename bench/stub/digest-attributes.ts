import { createHash } from 'node:crypto';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue: string;
}

/** The transport type of text. */
const STRING = Buffer.of(1);

/**
 * The MD5 of a message's attributes as SQS computes it, in hex: by name, each part after its length.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function digestAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string {
  const digest = createHash('md5');
  const part = (text: string): void => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const { DataType = '', StringValue = '' } = attributes[name] ?? {};
    part(name);
    part(DataType);
    digest.update(STRING);
    part(StringValue);
  }
  return digest.digest('hex');
}
