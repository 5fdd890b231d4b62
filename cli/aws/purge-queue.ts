import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { sqs, type Where } from '../../lib/aws/operate/clients';

export async function purgeQueue(QueueUrl: string, where: Where): Promise<void> {
  await sqs(where).send(new PurgeQueueCommand({ QueueUrl }));
}
