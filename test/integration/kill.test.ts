import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { startAws } from '../../lib/server/start-embedded';
import { type StartedServer, startServer, stopServers } from '../support/faces';
import { drain, listObjects } from '../support/read-queues';
import { deliver } from '../support/send';

const ROUNDS = process.env.PROPERTY_RUNS ? 5 : 3;

afterEach(stopServers);

/** Deliveries of one event and of so many that they are held, until the server is no more. */
async function sendUntilKilled(server: StartedServer, round: number): Promise<string[]> {
  const accepted: string[] = [];
  let isAlive = true;
  const sender = async (lane: number): Promise<void> => {
    for (let count = 0; isAlive; count++) {
      const things = count % 3 === 0 ? 400 : 1;
      const rows = Array.from({ length: things }, (_, row) => `${round}.${lane}.${count}.${row}`);
      const body = { action: 'APPROVE', projectId: 'p', dataRowIds: rows };
      const answer = await deliver(server.url, body).catch(() => undefined);
      if (answer?.status === 202) accepted.push(...rows);
      else isAlive = false;
    }
  };
  const senders = [0, 1, 2, 3].map(sender);
  // A busy machine takes its time.
  while (accepted.length === 0 && isAlive) await setTimeout(10);
  await setTimeout(80 * round);
  server.process.kill('SIGKILL');
  await Promise.all(senders);
  return accepted;
}

test('deliveries answered with 202 survive a kill in the middle of a burst', async () => {
  const aws = await startAws(0);
  const environment = { AWS_ENDPOINT_URL: aws.endpoint };
  const accepted: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    accepted.push(...(await sendUntilKilled(await startServer(environment), round)));
  }
  expect(accepted.length).toBeGreaterThan(400);

  await startServer(environment);
  for (let tries = 0; tries < 200; tries++) {
    if ((await listObjects(aws.endpoint, 'held/')).length === 0) break;
    await setTimeout(50);
  }
  const received = await drain(aws.endpoint, ['workflow-action']);
  const arrived = new Set(received.map(({ event }) => event.data.dataRow.id));
  expect(accepted.filter((row) => !arrived.has(row))).toEqual([]);
  await stopServers();
  aws.stop();
});
