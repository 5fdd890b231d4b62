import { MILESTONES_QUEUE } from '../lib/config/read-config';
import { derivedTopics } from '../lib/events/topics';
import type { OwnWorker } from './own-worker';
import { queueId } from './queues';
import { allow, arn } from './roles';
import type { Settings } from './settings';

const TABLE_ID = 'MilestonesTable';

/** The worker that finds completions and milestones. It publishes what it finds. */
export const milestones = ({ config }: Settings): OwnWorker => {
  const queues = new Set(derivedTopics.flatMap((topic) => config.routes[topic]));
  return {
    name: 'milestones',
    description: 'Finds completed tasks and projects, and milestones',
    queue: MILESTONES_QUEUE,
    tableId: TABLE_ID,
    table: config.milestonesTable,
    statements: [
      allow(
        ['sqs:SendMessage'],
        [...queues].map((queue) => arn(queueId(queue))),
      ),
      allow(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem'], [arn(TABLE_ID)]),
    ],
  };
};
