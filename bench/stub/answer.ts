import { createHash, randomUUID } from 'node:crypto';
import { digestAttributes, type MessageAttribute } from './digest-attributes';
import type { StubRequest } from './read-requests';

/** The secret of every source. */
export const SECRET = 'example_secret';

interface Entry {
  readonly Id?: string;
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
}

type Operation = (asked: never) => object | undefined;

const OPERATIONS: Record<string, Operation> = {
  SendMessage: (entry: Entry) => accepted(entry),
  SendMessageBatch: ({ Entries }: { Entries: readonly Entry[] }) => ({
    Successful: Entries.map(accepted),
    Failed: [],
  }),
  GetSecretValue: ({ VersionStage = 'AWSCURRENT' }: { VersionStage?: string }) =>
    VersionStage === 'AWSCURRENT'
      ? { SecretString: SECRET, CreatedDate: 1_700_000_000, VersionStages: ['AWSCURRENT'] }
      : undefined,
};

const accepted = ({ Id, MessageBody, MessageAttributes }: Entry): object => ({
  Id,
  MessageId: randomUUID(),
  MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  MD5OfMessageAttributes: MessageAttributes && digestAttributes(MessageAttributes),
});

/** The name of a call: its operation, or the method. */
export const nameOf = ({ method, target }: StubRequest): string => target.split('.')[1] ?? method;

/** @returns a complete HTTP response of SQS, of Secrets Manager, or of S3 for a stored object */
export function answer(request: StubRequest): string {
  if (request.method === 'PUT') {
    return response('200 OK', '', `etag: "${randomUUID()}"\r\n`);
  }
  const operation = OPERATIONS[nameOf(request)];
  const result = operation?.(JSON.parse(request.body.toString()) as never);
  if (result) return response('200 OK', JSON.stringify(result));
  const problem = operation ? 'ResourceNotFoundException' : 'UnknownOperationException';
  return response('400 Bad Request', JSON.stringify({ __type: problem }));
}

const response = (status: string, body: string, headers = ''): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/x-amz-json-1.0\r\nx-amzn-requestid: ${randomUUID()}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
