import { Consumer } from 'sqs-consumer';
import { queueUrl, sqsClient } from '../aws/sqs/sqs-queues';
import { sqsWorkerQueue, toSqsMessage } from '../aws/sqs/sqs-worker-queue';
import type { AwsSettings } from '../config/read-config';
import type { Worker } from '../consume/create-worker';
import { handleMessage } from '../consume/handle-message';
import { RetryLater } from '../consume/retry-later';

/**
 * Has a worker handle the messages of a queue.
 *
 * @param name the name of the queue without the prefix `labelrelay-<stage>-`
 * @returns a function that stops it
 */
export function startWorker(settings: AwsSettings, name: string, worker: Worker): () => void {
  const sqs = sqsClient(settings);
  const url = queueUrl(settings, name);
  const queue = sqsWorkerQueue(sqs, url);

  const consumer = Consumer.create({
    sqs,
    queueUrl: url,
    batchSize: 10,
    // Shorter than the timeout of the client.
    waitTimeSeconds: 1,
    messageSystemAttributeNames: ['ApproximateReceiveCount', 'MessageGroupId'],
    messageAttributeNames: ['All'],
    async handleMessage(message) {
      const isDone = await handleMessage(worker, toSqsMessage(message), queue);
      // A message is not deleted if its handler throws.
      if (!isDone) throw new RetryLater('the message comes again');
      return message;
    },
  });
  // Errors of the handler are logged already. A queue that cannot be reached is polled again.
  consumer.on('error', () => {});
  consumer.on('processing_error', () => {});
  consumer.start();
  return () => consumer.stop({ abort: true });
}
