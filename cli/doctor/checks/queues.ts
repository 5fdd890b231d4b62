import { readQueue } from '../../aws/read-queue';
import type { DeployedQueue, Deployment } from '../../deployment/deployment';
import { type Finding, ok, problem, warning } from '../finding';
import type { Check } from '../patient';

/** Whether every queue is there, with its dead-letter queue behind it, and nothing is in that. */
export const queues: Check = async ({ deployment }) => {
  const each = await Promise.all(deployment.queues.map((queue) => check(queue, deployment)));
  const findings = each.flat();
  return findings.length > 0
    ? findings
    : [ok('queues', `${deployment.queues.length} are there, no dead letters`)];
};

async function check(
  { name, url, deadLetterUrl }: DeployedQueue,
  { config }: Deployment,
): Promise<Finding[]> {
  const subject = `queue ${name}`;
  const redeploy = `npx osls deploy --stage ${config.stage} --force`;
  try {
    const { deadLetterArn } = await readQueue(url, config);
    if (!deadLetterUrl) return [];
    const dead = await readQueue(deadLetterUrl, config);
    const letters = dead.waiting + dead.inFlight;
    return [
      ...(deadLetterArn === dead.arn
        ? []
        : [problem(subject, 'what its worker gives up on goes nowhere', redeploy)]),
      ...(letters > 0
        ? [warning(subject, `${letters} dead letters`, `labelrelay dlq show ${name}`)]
        : []),
    ];
  } catch (error) {
    if (!(error instanceof Error) || !/NonExistentQueue|QueueDoesNotExist/.test(error.name))
      throw error;
    return [problem(subject, 'is not there: its deliveries are held', redeploy)];
  }
}
