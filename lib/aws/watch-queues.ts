import type { Config } from '../config/read-config';
import { workerQueuesOf } from '../events/queues';
import type { Telemetry } from '../receive/ports';
import { type QueueDepths, queueWatch } from '../receive/redeliver/watch-queues';
import { sqsBacklog } from './sqs/sqs-backlog';
import { queueUrl, sqsClient } from './sqs/sqs-queues';

/** Looks at the queues of a deployment: see `queueWatch`. */
export const watchQueuesOf = (config: Config, telemetry: Telemetry) =>
  queueWatch(workerQueuesOf(config.routes), queueDepths(config), telemetry);

function queueDepths(config: Config): QueueDepths {
  const client = sqsClient(config);
  let oldest: Promise<QueueDepths['oldest']> | undefined;
  return {
    count: (queue) => sqsBacklog(client, queueUrl(config, queue)),
    async oldest(queues) {
      // Its client is only loaded when a queue has messages.
      oldest ??= import('./cloudwatch/oldest-messages').then(({ oldestMessages }) =>
        oldestMessages(config),
      );
      return (await oldest)(queues);
    },
  };
}
