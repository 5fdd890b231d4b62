import { buildApp } from 'fauxqs';
// Nothing else gives access to the messages in its queues.
import { SqsStore } from 'fauxqs/sqsStore';

// Runs in a process of its own, on loopback, and ends when the process that started it ends.

const sqsStore = new SqsStore();
// biome-ignore lint/suspicious/noExplicitAny: fauxqs creates the other stores itself
const app = buildApp({ logger: false, stores: { sqsStore } as any });

// fauxqs keeps every message until it is deleted. SQS drops a message when its retention is over.
setInterval(() => {
  for (const queue of sqsStore.listQueues()) {
    const oldest = Date.now() - Number(queue.attributes.MessageRetentionPeriod) * 1_000;
    const isOver = ({ sentTimestamp }: { sentTimestamp: number }): boolean =>
      sentTimestamp < oldest;
    if (queue.messages.some(isOver)) queue.messages = queue.messages.filter((it) => !isOver(it));
    for (const [handle, { message }] of queue.inflightMessages) {
      if (isOver(message)) queue.inflightMessages.delete(handle);
    }
  }
}, 1_000).unref();

const port = Number(process.argv[2]);
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

// fauxqs names its queues by URLs on a host that does not resolve everywhere. Clients get URLs on the
// address that the server listens on, so that any client can use them unchanged.
const INSIDE = /http:\/\/sqs\.us-east-1\.localhost(?=:)/g;
const OUTSIDE = /^http:\/\/(127\.0\.0\.1|localhost)(?=:)/;
const NAMES_QUEUES = /^AmazonSQS\.(CreateQueue|GetQueueUrl|ListQueues)$/;
app.addHook('preHandler', async ({ body }: { body: unknown }) => {
  const call = body as { QueueUrl?: unknown } | undefined;
  if (typeof call?.QueueUrl === 'string') {
    call.QueueUrl = call.QueueUrl.replace(OUTSIDE, 'http://sqs.us-east-1.localhost');
  }
});
type Call = { headers: Record<string, unknown> };
app.addHook('onSend', async ({ headers }: Call, _reply: unknown, payload: unknown) =>
  typeof payload === 'string' && NAMES_QUEUES.test(String(headers['x-amz-target']))
    ? payload.replace(INSIDE, 'http://127.0.0.1')
    : payload,
);

app
  .listen({ port, host: '127.0.0.1' })
  .then((url: string) => process.send?.({ url }))
  .catch((error: NodeJS.ErrnoException) => process.send?.({ error: error.code ?? error.message }));
