import { join } from 'node:path';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { sqsAt } from './aws-clients';

// The event source of a Lambda function: polls a queue, calls the packaged function with batches, and deletes the
// messages that the function does not report as failed.
const [, , name = '', queueUrl = '', lanes = '1'] = process.argv;
const { handler } = require(join(__dirname, '../../dist', name, 'index.js'));
const sqs = sqsAt(process.env.AWS_ENDPOINT_URL ?? '');

async function poll(): Promise<void> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        VisibilityTimeout: 10,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) continue;
    const Records = Messages.map(
      ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes, MessageAttributes = {} }) =>
        ({
          messageId: MessageId,
          receiptHandle: ReceiptHandle,
          body: Body,
          attributes: Attributes as Partial<SQSRecord['attributes']> as SQSRecord['attributes'],
          messageAttributes: Object.fromEntries(
            Object.entries(MessageAttributes).map(([key, { StringValue, DataType = '' }]) => [
              key,
              { stringValue: StringValue, dataType: DataType },
            ]),
          ),
          eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queueUrl.split('/').at(-1)}`,
        }) as SQSRecord,
    );
    const { batchItemFailures }: SQSBatchResponse = await handler({ Records });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    await Promise.all(
      Records.filter(({ messageId }) => !failed.has(messageId)).map(({ receiptHandle }) =>
        sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle })),
      ),
    );
  }
}

for (let lane = 0; lane < Number(lanes); lane++) void poll();
process.on('disconnect', () => process.exit());
