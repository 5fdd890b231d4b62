import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from '@jest/globals';
import { sqsAt } from '../support/aws-clients';
import { eventually } from '../support/eventually';
import { startServer, stopServers } from '../support/faces';
import { deliver } from '../support/send';

afterEach(stopServers);

/** For the processes alone that it is given to: there 100 seconds are one. */
const FASTER =
  '--import=data:text/javascript,const{now}=Date,begin=now();Date.now=()=>begin+(now()-begin)*100';

test('the tap of `npm start` forgets after five minutes, and no other queue does', async () => {
  const server = await startServer({ NODE_OPTIONS: FASTER });
  const messages = async (queue: string): Promise<number> => {
    const { Attributes = {} } = await sqsAt(server.aws).send(
      new GetQueueAttributesCommand({
        QueueUrl: `${server.aws}/000000000000/labelrelay-dev-${queue}`,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(Attributes.ApproximateNumberOfMessages);
  };
  const delivery = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };
  const { status } = await deliver(server.url, delivery);
  const before = await messages('tap');
  // Five minutes are three seconds here.
  const after = await eventually(
    () => messages('tap'),
    (left) => left === 0,
  );
  expect([status, before, after]).toEqual([202, 1, 0]);
  expect(await messages('workflow-action')).toBe(1);
});
