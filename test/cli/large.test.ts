import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStored } from '../../cli/deliveries/open-stored';
import type { Deployment } from '../../cli/deployment/deployment';
import { toPipeline } from '../../cli/replay/to-pipeline';
import { readConfig } from '../../lib/config/read-config';
import { identifyDelivery } from '../../lib/events/identify';
import { labelbox } from '../../lib/platforms/labelbox/labelbox';
import { toArrival } from '../../lib/receive/delivery';
import { heldKey, PREFIX } from '../../lib/receive/stored/object-keys';
import { toRecord } from '../../lib/receive/stored/record';
import { s3At } from '../support/aws-clients';
import { stopServers } from '../support/faces';
import { v2Row } from '../support/large-bodies';
import { drain, listObjects } from '../support/read-queues';
import { type ForCli, startForCli } from '../support/start-for-cli';

let server: ForCli['server'];
let cli: ForCli['cli'];

beforeAll(async () => {
  const local = await startForCli();
  server = local.server;
  cli = local.cli;
});
afterAll(stopServers);

test('a delivery too large for memory is shown, redelivered, and replayed from the archive', async () => {
  const body = Buffer.concat([...v2Row(300_000).chunks()]);
  const arrival = toArrival({ name: 'labelbox', platform: labelbox }, {}, new Date());
  const id = identifyDelivery('labelbox', body);
  const record = toRecord({ ...arrival, id, body, size: body.length }, true);
  const Key = heldKey(`${PREFIX.parked}/large`, arrival);
  const put = { Bucket: 'labelrelay-dev-deliveries', Key, Body: record };
  await s3At(server.aws).send(new PutObjectCommand(put));

  const shown = await cli('held', 'show', arrival.receiptId, '--json');
  expect(shown.json).toMatchObject({ id, bytes: body.length, topics: ['label.updated'] });
  expect((await cli('held', 'show', arrival.receiptId, '--body')).stderr).toContain(
    'fits into memory',
  );
  expect(await drain(server.aws)).toEqual([]);

  const { json, code } = await cli('held', 'redeliver', '--parked', '--json');
  expect([code, json]).toEqual([0, [expect.objectContaining({ outcome: 'delivered' })]]);
  const [sent, ...more] = await drain(server.aws);
  expect([sent?.queue, more]).toEqual(['label-updated', []]);

  const archived = await cli('replay', '--from', '1h', '--dry-run', '--json');
  expect(archived.json).toEqual([
    { source: 'labelbox', topic: 'label.updated', deliveries: 1, wouldSend: 1 },
  ]);
  for (const queue of ['label-updated', 'unrecognized']) {
    const to = queue === 'unrecognized' ? ['--queue', queue] : [];
    await cli('replay', '--from', '1h', '--yes', ...to);
    const [again] = await drain(server.aws);
    expect([again?.queue, again?.event.id]).toEqual([queue, sent?.event.id]);
  }
  const left = (await listObjects(server.aws, '')).map((key) => key.split('/')[0]);
  expect(new Set(left)).toEqual(new Set(['archive', 'data']));

  // Redelivery and the archive tell by the key that it is too large for memory.
  const archive = await listObjects(server.aws, 'archive/');
  expect(archive).toEqual([expect.stringMatching(/\.large$/)]);
  const config = readConfig({ AWS_ENDPOINT_URL: server.aws });
  const deployed = { config } as Deployment;
  const stored = await openStored(archive[0] ?? '', deployed);
  if (!stored) throw new Error('expected the delivery that was archived');
  await toPipeline(stored, deployed);
  expect(await listObjects(server.aws, 'held/')).toEqual([
    expect.stringMatching(`^held/large/.{24}-labelbox-${arrival.receiptId}$`),
  ]);
});
