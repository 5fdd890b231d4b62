import { EventEmitter } from 'node:events';
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

/** A command of the SDK, such as a `PutItemCommand`. */
interface Command {
  readonly input: object;
  readonly constructor: { readonly name: string };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * A DynamoDB server in this process, and a client for it without the SDK and without a socket. They are most of the CPU of
 * a call, and a test with hundreds of thousands of calls has no time for them. The server gets every request, and decides.
 * The inputs of commands are JSON already, if they have no binary values.
 */
export function innerDynamo(): DynamoDBClient {
  const server = dynalite({ createTableMs: 0 });

  const exchange = (headers: object, body: string): Promise<Answer> =>
    new Promise((resolve) => {
      const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
      const response = {
        statusCode: 200,
        setHeader() {},
        end: (text: string) => resolve({ status: response.statusCode, body: text }),
      };
      server.emit('request', request, response);
      request.emit('data', Buffer.from(body));
      request.emit('end');
    });

  const send = async (command: Command): Promise<unknown> => {
    const operation = command.constructor.name.replace(/Command$/, '');
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=0',
    };
    const { status, body } = await exchange(headers, JSON.stringify(command.input));
    const answer = JSON.parse(body);
    if (status === 200) return answer;
    const message = `${operation}: ${body}`;
    if (!String(answer.__type).endsWith('#ConditionalCheckFailedException'))
      throw new Error(message);
    throw new ConditionalCheckFailedException({ message, $metadata: {} });
  };
  return { send } as unknown as DynamoDBClient;
}
