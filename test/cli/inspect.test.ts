import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import type { About } from '../../lib/inspector/api';
import type { DeliveryDetail, DeliveryRow, ShownBody } from '../../lib/inspector/delivery';
import { eventually } from '../support/eventually';
import { stopServers } from '../support/faces';
import { ask, bodyOfFixture, rowsOf } from '../support/inspector';
import { startCli } from '../support/run-cli';
import { deliver, send } from '../support/send';
import { startForCli } from '../support/start-for-cli';

afterAll(stopServers);

test('it shows a deployment on loopback: events of the tap, their delivery from the archive', async () => {
  const { server, env, cli } = await startForCli();
  const running = startCli(['inspect', '--port', '0', '--stage', 'dev'], env);
  const [, url = ''] = await eventually(
    async () => /^listening on (http:\/\/127\.0\.0\.1:\d+)\/\n/.exec(running.output().stdout) ?? [],
    (found) => found.length > 0,
  );
  expect((await send(url, { method: 'GET', path: '/' })).text).toMatch(/^<!doctype html>/);
  expect(await ask<About>(url, 'about')).toMatchObject({ isLocal: false, fixtures: [] });

  expect((await cli('send', 'v1-label-created-2023', 'tasks-created')).code).toBe(0);
  const rows = await eventually(
    () => rowsOf(url, 2),
    (seen) => seen.reduce((sum, { events }) => sum + events, 0) >= 4,
  );
  const labelbox = rows.find(({ source }) => source === 'labelbox') as DeliveryRow;
  expect(labelbox).toMatchObject({
    verdict: 'observed',
    topics: ['label.created'],
    subject: 'label/cle357uex0g5307z996y28ic0',
  });
  expect(rows.find(({ source }) => source === 'label-studio')?.events).toBe(3);
  const detail = await ask<DeliveryDetail>(url, `deliveries/${labelbox.n}`);
  expect(detail.events[0]?.queues).toEqual({ 'label-created': 'sent' });
  expect(detail.headers).toContainEqual({
    name: 'x-labelbox-event',
    value: 'LABEL_CREATED',
    isMasked: false,
  });
  const body = await ask<ShownBody>(url, `deliveries/${labelbox.n}/body`);
  expect(body.text).toBe(bodyOfFixture('labelbox', 'v1-label-created-2023'));

  // It only reads.
  const headers = { origin: url };
  for (const path of ['send', `deliveries/${labelbox.n}/send`]) {
    const sent = await send(url, { path: `/inspector/api/${path}`, headers, body: '{"all":true}' });
    expect([sent.status, sent.json.title]).toEqual([403, expect.stringContaining('only reads')]);
  }
  expect((await deliver(url, '{}')).status).toBe(404);
  expect((await send(url, { method: 'GET', headers: { host: 'evil.example' } })).status).toBe(403);
  const queues = await ask<{ name: string; waiting: number }[]>(url, 'queues');
  expect(queues.find(({ name }) => name === 'task-created')?.waiting).toBe(3);
  running.process.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  await server.stop();
});

test('it ends after the time, and says what is wrong with the port or the tap', async () => {
  const { cli } = await startForCli();
  const ended = await cli('inspect', '--port', '0', '--for', '1s', '--json');
  expect([ended.code, ended.json]).toEqual([
    0,
    { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/), stage: 'dev' },
  ]);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const taken = await cli('inspect', '--port', String(port));
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
  other.close();
  expect((await cli('inspect', '--port', '70000')).code).toBe(2);
  const without = await startForCli({ LABELRELAY_TAP: 'false' });
  const none = await without.cli('inspect', '--port', '0', '--for', '1s');
  expect([none.code, none.stdout, none.stderr]).toEqual([
    0,
    expect.stringContaining('listening on'),
    expect.stringContaining('LABELRELAY_TAP=true'),
  ]);
});
