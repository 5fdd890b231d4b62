import { Consumer } from 'sqs-consumer';
import { labelWorker } from '../aws/label-worker';
import { queueUrl, sqsClient } from '../aws/sqs/sqs-queues';
import { sqsWorkerQueue, toSqsMessage } from '../aws/sqs/sqs-worker-queue';
import { type Config, LABEL_STORE_QUEUE } from '../config/read-config';
import { handleMessage } from '../consume/handle-message';
import { RetryLater } from '../consume/retry-later';

/** Polls the queue of the label store. @returns a function that stops it */
export function startLabelStore(config: Config): () => void {
  const sqs = sqsClient(config);
  const url = queueUrl(config, LABEL_STORE_QUEUE);
  const queue = sqsWorkerQueue(sqs, url);
  const worker = labelWorker(config);

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
