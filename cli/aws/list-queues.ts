import { paginateListQueues } from '@aws-sdk/client-sqs';
import { sqs } from '../../lib/aws/operate/sqs';
import type { Where } from '../../lib/aws/operate/where';

/** The URLs of all queues whose name has the prefix. */
export async function listQueues(prefix: string, where: Where): Promise<string[]> {
  const urls: string[] = [];
  const pages = paginateListQueues(
    { client: sqs(where) },
    { QueueNamePrefix: prefix, MaxResults: 1_000 },
  );
  for await (const { QueueUrls = [] } of pages) urls.push(...QueueUrls);
  return urls;
}
