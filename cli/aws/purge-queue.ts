import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { sqs } from '../../lib/aws/operate/sqs';
import type { Where } from '../../lib/aws/operate/where';

export async function purgeQueue(QueueUrl: string, where: Where): Promise<void> {
  await sqs(where).send(new PurgeQueueCommand({ QueueUrl }));
}
