import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DeliveryDetail, SeenVersion, ShownBody } from '../../lib/inspector/delivery';
import type { LabelPage } from '../../lib/inspector/labels';
import type { DeadLetter, QueueLine, Sent } from '../../lib/inspector/ports';
import { sqsAt } from '../support/aws-clients';
import { eventually } from '../support/eventually';
import { SECRET, type StartedServer, startServer, stopServers } from '../support/faces';
import { fixtures, PLANTED } from '../support/fixtures';
import { ask, bodyOfFixture, rowsOf, settled } from '../support/inspector';
import { deliver, send } from '../support/send';

const V1 = { platform: 'labelbox', name: 'v1-label-created-2023' };

describe('the inspector of `npm start`', () => {
  let server: StartedServer;
  let url: string;
  beforeAll(async () => {
    server = await startServer();
    url = server.url;
  });
  afterAll(stopServers);

  const last = async () => (await rowsOf(url, 1)).at(-1);

  test('the page comes with a strict policy', async () => {
    const answer = await send(url, { method: 'GET', path: '/' });
    const policy = String(answer.headers['content-security-policy']);
    expect(answer.text).toMatch(/^<!doctype html>/);
    expect(answer.text).not.toMatch(/<script[^>]*>[^<]/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("img-src 'self' data: https: http:");
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const off = await send(url, { method: 'GET', path: '/?pictures=off' });
    expect(off.headers['content-security-policy']).toMatch(/img-src 'self' data:$/);
  });

  test.each(['/', '/inspector/page.js', '/inspector/api/about', '/inspector/api/stream'])(
    '%s: a foreign Host or Origin is rejected',
    async (path) => {
      for (const headers of [
        { host: 'rebind.example' },
        { host: `rebind.example:${new URL(url).port}` },
        { host: 'localhost:1' },
        { origin: 'http://evil.example' },
        { origin: 'null' },
      ]) {
        expect((await send(url, { method: 'GET', path, headers })).status).toBe(403);
      }
    },
  );

  test('nothing is sent for a page of another site', async () => {
    const before = (await rowsOf(url, 0)).length;
    for (const headers of [{}, { origin: 'http://evil.example' }, { origin: 'null' }]) {
      const body = JSON.stringify({ fixture: `${V1.platform}/${V1.name}` });
      const path = '/inspector/api/send';
      expect((await send(url, { path, body, headers })).status).toBe(403);
    }
    expect(await rowsOf(url, before)).toHaveLength(before);
  });

  test('webhooks take any Host', async () => {
    const body = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };
    expect((await deliver(url, body, { host: 'hooks.example.com' })).status).toBe(202);
  });

  test('a fixture is sent, and what became of its event is shown', async () => {
    const [sent] = await ask<Sent[]>(url, 'send', { fixture: `${V1.platform}/${V1.name}` });
    expect(sent).toMatchObject({ status: 202, events: 1 });
    const row = await last();
    expect(row).toMatchObject({
      source: 'labelbox',
      event: 'LABEL_CREATED',
      subject: 'label/cle357uex0g5307z996y28ic0',
      topics: ['label.created'],
      events: 1,
      verdict: 'accepted',
      status: 202,
      id: sent?.id,
    });
    const { events, headers } = await settled(url, row?.n ?? 0);
    expect(events[0]?.queues).toMatchObject({ 'label-created': 'sent', 'label-store': 'done' });
    expect(JSON.stringify(headers)).not.toMatch(/sha1=[0-9a-f]/);
    const body = await ask<ShownBody>(url, `deliveries/${row?.n}/body`);
    expect(body.text).toBe(bodyOfFixture(V1.platform, V1.name));
    const event = await ask<{ type: string }>(url, `deliveries/${row?.n}/events/0`);
    expect(event.type).toBe('labelrelay.label.created');
  });

  test('the same again has no effect on a worker', async () => {
    const { n } = (await last()) ?? { n: 0 };
    expect(await ask<Sent>(url, `deliveries/${n}/send`, {})).toMatchObject({ status: 202 });
    const again = (await last())?.n ?? 0;
    expect(again).toBe(n + 1);
    expect((await settled(url, again)).events[0]?.queues['label-store']).toMatch(
      /^(stale|duplicate)$/,
    );
  });

  test.each([...new Map(fixtures().map((each) => [each.platform, each])).values()])(
    'the command for a shell sends the same delivery: $platform',
    async ({ platform, name }) => {
      await ask(url, 'send', { fixture: `${platform}/${name}` });
      const { n, id } = (await last()) ?? { n: 0 };
      const shown = await ask<ShownBody>(url, `deliveries/${n}/body`);
      const { text } = await ask<{ text: string }>(url, `deliveries/${n}/curl`);
      expect(text).not.toContain(SECRET);
      const env = { ...process.env, LABELRELAY_SECRET: SECRET };
      const { stdout } = await promisify(execFile)('sh', ['-c', text], { env });
      const answer = JSON.parse(stdout) as Sent;
      expect(answer.events).toBeGreaterThan(0);
      // Without its secrets it is another delivery, and the command says so.
      expect(answer.id === id).toBe(shown.note === undefined);
      expect(text.includes('# Secrets were taken out')).toBe(shown.note !== undefined);
    },
  );

  test.each([
    ['credentials-missing', {}, /has no credentials/],
    ['credentials-malformed', { 'x-hub-signature': 'sha1=no' }, /not the form/],
    ['mismatch', { 'x-hub-signature': `sha1=${'0'.repeat(40)}` }, /no valid secret/],
  ])('why one was rejected: %s', async (_, headers, why) => {
    const path = '/webhooks/labelbox';
    expect((await send(url, { path, headers, body: '{}' })).status).toBe(401);
    expect(await last()).toMatchObject({ verdict: 'rejected', status: 401, events: 0 });
    expect((await last())?.why).toMatch(why);
  });

  test('what is no route, no JSON, or too large is shown as such', async () => {
    await send(url, { path: '/webhooks/nobody', body: '{}' });
    expect(await last()).toMatchObject({ source: '', status: 404, verdict: 'rejected' });
    await deliver(url, 'no JSON');
    expect(await last()).toMatchObject({ status: 400, verdict: 'rejected' });
    await deliver(url, Buffer.alloc(server.maxBodyBytes + 1, ' '));
    expect(await last()).toMatchObject({ status: 413, verdict: 'rejected' });
  });

  test('secrets are nowhere: not in headers, bodies or events, and `setup` leaves no body', async () => {
    const authorization = `Bearer ${SECRET}`;
    const token = JSON.stringify({ access_token: PLANTED, project: { token: PLANTED } });
    const setup = { path: '/training/label-studio/setup', headers: { authorization } };
    expect((await send(url, { ...setup, body: token })).status).toBe(200);
    const asked = await last();
    expect(asked).toMatchObject({ verdict: 'answered', status: 200 });
    const path = '/webhooks/label-studio';
    const project = { id: 1, token: PLANTED, task_data_password: PLANTED };
    const body = JSON.stringify({ action: 'PROJECT_UPDATED', project });
    expect((await send(url, { path, headers: { authorization }, body })).status).toBe(202);
    const other = { authorization: `Bearer ${PLANTED}`, cookie: PLANTED, 'x-key': PLANTED };
    await send(url, { path, headers: other, body });
    const { n = 0 } = (await last()) ?? {};
    for (const each of [asked?.n, n - 1, n]) {
      const detail = await ask<DeliveryDetail>(url, `deliveries/${each}`);
      const shown = [JSON.stringify(detail)];
      for (const part of ['body', 'curl', 'events/0']) {
        const answer = await send(url, {
          method: 'GET',
          path: `/inspector/api/deliveries/${each}/${part}`,
        });
        shown.push(answer.text);
      }
      expect(shown.join()).not.toContain(PLANTED);
      expect(shown.join()).not.toContain(SECRET);
    }
    expect((await ask<DeliveryDetail>(url, `deliveries/${asked?.n}`)).body).toBe('none');
  });

  test('queues with their depth; the label store page by page; versions as they came', async () => {
    const queues = await ask<QueueLine[]>(url, 'queues');
    expect(queues.find(({ name }) => name === 'label-created')).toMatchObject({ deadLetters: 0 });
    expect(queues.find(({ name }) => name === 'label-created')?.waiting).toBeGreaterThan(0);
    expect(await ask(url, 'dead-letters?queue=label-created')).toEqual([]);
    expect(await ask(url, 'held')).toEqual([]);
    const { labels } = await ask<LabelPage>(url, 'labels?source=labelbox');
    expect(labels.map(({ subject }) => subject)).toContain('label/cle357uex0g5307z996y28ic0');
    const subject = encodeURIComponent('label/cle357uex0g5307z996y28ic0');
    const versions = await ask<SeenVersion[]>(url, `versions?source=labelbox&subject=${subject}`);
    expect(versions.length).toBeGreaterThan(1);
    expect(new Set(versions.map(({ id }) => id)).size).toBe(1);
  });

  test('a dead letter is shown with its reason, and stays', async () => {
    const event = { id: 'e', type: 'labelrelay.label.created', subject: 'label/dead' };
    const reason = { DataType: 'String', StringValue: 'no such customer' };
    await sqsAt(server.aws).send(
      new SendMessageCommand({
        QueueUrl: `${server.aws}/000000000000/labelrelay-dev-label-created-dlq`,
        MessageBody: JSON.stringify(event),
        MessageAttributes: { reason },
      }),
    );
    for (const _ of ['once', 'and again']) {
      expect(await ask<DeadLetter[]>(url, 'dead-letters?queue=label-created')).toEqual([
        expect.objectContaining({ subject: 'label/dead', reason: 'no such customer', event }),
      ]);
    }
    const queues = await ask<QueueLine[]>(url, 'queues');
    expect(queues.find(({ name }) => name === 'label-created')?.deadLetters).toBe(1);
  });

  test('all fixtures are sent twice, and are shown', async () => {
    const before = (await rowsOf(url, 1)).length;
    const sent = await ask<Sent[]>(url, 'send', { all: true });
    expect(sent).toHaveLength(2 * fixtures().length);
    expect(sent.filter(({ status }) => status !== 202)).toEqual([]);
    const seen = await eventually(
      () => rowsOf(url, before + sent.length),
      (rows) => rows.length >= before + sent.length,
    );
    expect(seen.length).toBeGreaterThanOrEqual(before + sent.length);
  });

  test.each([
    '*',
    ':',
    '//',
    '/inspector',
    '/inspector/../x',
    '/%zz',
    '/inspector/api/%00',
    'x:y@z',
  ])('the target %s stops nothing', async (path) => {
    const statuses = ['GET', 'OPTIONS', 'POST'].map(async (method) => {
      return (await send(url, { method, path })).status;
    });
    for (const status of await Promise.all(statuses)) expect(status).toBeGreaterThanOrEqual(400);
    expect((await send(url, { method: 'GET', path: '/health' })).status).toBe(200);
  });

  test('wrong questions have a clear answer', async () => {
    const status = async (path: string, method = 'GET') =>
      (await send(url, { method, path: `/inspector/api/${path}`, headers: { origin: url } }))
        .status;
    expect(await status('nothing')).toBe(404);
    expect(await status('deliveries/999999')).toBe(404);
    expect(await status('deliveries/1', 'POST')).toBe(405);
    expect(await status('versions')).toBe(400);
    expect(await status('dead-letters?queue=no')).toBe(404);
    expect(await status('send', 'POST')).toBe(400);
  });
});
