import { connect, type Socket } from 'node:net';
import { readJson } from './read-json';
import { type Sent, sentFile } from './sent';
import { serve } from './serve';

// Sends the same prepared request to the queue as fast as possible.
const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL ?? '');
const idle: Socket[] = [];

const toRequest = ({ queueUrl, message, attributes, groupId }: Sent): Buffer => {
  const body = JSON.stringify({
    QueueUrl: queueUrl,
    MessageBody: message,
    MessageAttributes: attributes,
    MessageGroupId: groupId,
  });
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `POST / HTTP/1.1\r\nx-amz-target: AmazonSQS.SendMessage\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
};

serve((file) => {
  const request = toRequest(readJson(sentFile(file)));
  return () =>
    new Promise<void>((resolve) => {
      const socket = idle.pop() ?? connect({ host: hostname, port: Number(port), noDelay: true });
      let text = '';
      const read = (chunk: Buffer): void => {
        text += chunk;
        // Waits for the end of the answer, which is one object.
        if (!text.endsWith('}')) return;
        socket.off('data', read);
        idle.push(socket);
        resolve();
      };
      socket.on('data', read);
      socket.write(request);
    });
});
