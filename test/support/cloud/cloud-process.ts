import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DiskBucket } from './disk-bucket';
import type { CloudOrder, CloudReport } from './start-cloud';

// Runs S3 on disk, SQS and Secrets Manager in a process of its own. Objects have any size, and are never in memory.
const folder = mkdtempSync(join(tmpdir(), 'cloud-'));
const bucket = new DiskBucket(folder);
let order: CloudOrder = {};
let sent: CloudReport['sent'] = [];
const secret = { text: 'example_secret', createdAt: Date.now() / 1_000 };

const server = createServer((incoming, response) => {
  handle(incoming, response).catch(() => response.destroy());
});
server.keepAliveTimeout = 60_000;

async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = String(incoming.headers['x-amz-target'] ?? '').split('.')[1];
  if (!target) return bucket.handle(incoming, response, order);
  const body = JSON.parse(await text(incoming));
  const answer = target === 'GetSecretValue' ? secretOf(body) : sendBatch(body);
  response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(
    JSON.stringify(
      answer ?? { __type: order.noSecrets ? 'AccessDeniedException' : 'ResourceNotFoundException' },
    ),
  );
}

function secretOf({ VersionStage }: { VersionStage: string }): object | undefined {
  if (order.noSecrets || VersionStage !== 'AWSCURRENT') return undefined;
  return { SecretString: secret.text, CreatedDate: secret.createdAt };
}

function sendBatch({
  QueueUrl,
  Entries,
}: {
  QueueUrl: string;
  Entries: { Id: string; MessageBody: string }[];
}) {
  if (order.noQueues) return undefined;
  const queue = QueueUrl.split('/').at(-1) ?? '';
  for (const { MessageBody } of Entries) {
    sent.push({ queue, body: order.forgetful ? '' : MessageBody, at: Date.now() });
  }
  return { Successful: Entries.map(toAccepted), Failed: [] };
}

const toAccepted = ({ Id, MessageBody }: { Id: string; MessageBody: string }) => ({
  Id,
  MessageId: Id,
  MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', (message: CloudOrder) => {
  order = { ...order, ...message };
  if (message.empties) bucket.empty();
  const report: CloudReport = { sent, ...bucket.report() };
  process.send?.(report);
  sent = [];
});
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
