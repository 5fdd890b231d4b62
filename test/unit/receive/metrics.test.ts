import { expect, test } from '@jest/globals';
import { platforms } from '../../../lib/platforms/platforms';
import { createReceiver } from '../../../lib/receive/receive';
import { memoryPorts } from '../../support/memory-ports';
import { metricsWritten } from '../../support/metrics-written';
import { receiveSettings } from '../../support/receive-settings';

// Each of these is charged: CloudWatch calls it a metric if the name or a dimension differs.
test('deliveries of every kind write few metrics, and only those by source that are read so', async () => {
  expect(await metricsWritten()).toEqual([
    'Accepted',
    'AnswerMilliseconds',
    'Heard of label-studio',
    'Heard of labelbox',
    'Held',
    'Offloaded',
    'Redelivered',
    'Refused',
    'SignaturesDisagree',
    'Undecodable',
    'Verified.current of label-studio',
    'Verified.current of labelbox',
    'Verified.previous of label-studio',
    'Verified.previous of labelbox',
    'WaitingSeconds',
  ]);
});

test('a delivery of which every event is unrecognized is no sign of life, and an empty one is', async () => {
  const { ports, lines } = memoryPorts();
  const receive = createReceiver(ports, receiveSettings(platforms['label-studio']));
  const metrics = async (body: object): Promise<string> => {
    lines.length = 0;
    const answer = await receive({
      method: 'POST',
      path: '/webhooks/labelbox',
      headers: { authorization: 'Bearer secret' },
      body: Buffer.from(JSON.stringify(body)),
      receivedAt: new Date(),
    });
    expect(answer.status).toBe(202);
    return lines.join();
  };
  // As `labelrelay doctor` sends it.
  const probe = await metrics({ action: 'PROBE' });
  expect(probe).toContain('"Accepted":1');
  expect(probe).not.toContain('Heard');
  expect(await metrics({ action: 'TASKS_CREATED', tasks: [], project: { id: 1 } })).toContain(
    '"Heard":1',
  );
});
