import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { topics } from '../../lib/events/topics';
import { expectFixture } from '../support/expect-fixture';
import { type Face, SECRET, TEAM_SECRET } from '../support/faces';
import { fixtures } from '../support/fixtures';
import { label } from '../support/label';
import { drain, listObjects, readObject } from '../support/read-queues';
import { deliver, send, sign } from '../support/send';

/** The contract of every receiver, behind any adapter. @param hasPage whether it serves the inspector */
export function receiverContract(
  name: string,
  start: () => Promise<Face>,
  { hasPage = false } = {},
): void {
  describe(name, () => {
    let face: Face;
    beforeAll(async () => {
      face = await start();
    });
    afterAll(() => face.stop());
    afterEach(async () => {
      expect(await drain(face.aws)).toEqual([]);
    });

    const arrived = async () => drain(face.aws);
    const single = async () => {
      const received = await arrived();
      expect(received).toHaveLength(1);
      return received[0] as (typeof received)[number];
    };

    describe('deliveries become events', () => {
      test.each(fixtures())('$platform: $name', async (fixture) => {
        await expectFixture(face, SECRET, fixture);
      });

      test('the same delivery twice has the same ids, also under another event name', async () => {
        const first = await deliver(face.url, label(), { 'x-labelbox-event': 'LABEL_CREATED' });
        const [one] = await arrived();
        const again = await deliver(face.url, label(), {
          'x-labelbox-event': 'LABEL_CREATED',
          'x-labelbox-id': 'another',
        });
        const [two] = await arrived();
        const renamed = await deliver(face.url, label(), { 'x-labelbox-event': 'LABEL_UPDATED' });
        const [three] = await arrived();
        expect(again.json.id).toBe(first.json.id);
        expect(renamed.json.id).toBe(first.json.id);
        expect(two?.event.id).toBe(one?.event.id);
        expect(three?.event.id).not.toBe(one?.event.id);
      });

      test('the same bytes at another source are another delivery', async () => {
        const body = JSON.stringify(label());
        const one = await deliver(face.url, body);
        const two = await deliver(
          face.url,
          body,
          { 'x-hub-signature': sign(body, TEAM_SECRET) },
          '/webhooks/team-b',
        );
        expect(two.status).toBe(202);
        expect(two.json.id).not.toBe(one.json.id);
        const events = (await arrived()).map(({ event }) => event);
        expect(events.map(({ source }) => source).sort()).toEqual(['/labelbox', '/team-b']);
        expect(events.map(({ partitionkey }) => partitionkey).sort()).toEqual([
          'labelbox/project-1',
          'team-b/project-1',
        ]);
      });

      test('a workflow action is one event for each data row, and none for an empty list', async () => {
        const body = {
          action: 'REJECT',
          projectId: 'p',
          dataRowIds: ['a', 7, null, 'b'],
          timestamp: '2023-01-20T12:06:01+01:00',
        };
        const answer = await deliver(face.url, body, { 'x-labelbox-event': 'MOVE' });
        expect(answer.json.events).toBe(4);
        const events = (await arrived()).map(({ event }) => event);
        expect(events.map(({ type, subject }) => [type, subject]).sort()).toEqual([
          ['labelrelay.unrecognized', undefined],
          ['labelrelay.workflow.action', 'project/p/data-row/7/workflow'],
          ['labelrelay.workflow.action', 'project/p/data-row/a/workflow'],
          ['labelrelay.workflow.action', 'project/p/data-row/b/workflow'],
        ]);
        expect(new Set(events.map(({ id }) => id)).size).toBe(4);
        const a = events.find(({ subject }) => subject === 'project/p/data-row/a/workflow');
        expect(a.time).toBe('2023-01-20T11:06:01Z');
        expect(a.sequence).toBe('2023-01-20T11:06:01.000000Z-1');
        expect(a.data).toMatchObject({ event: 'MOVE', native: { ...body, dataRowIds: ['a'] } });
        const bad = events.find(({ type }) => type === 'labelrelay.unrecognized');
        expect(bad.data).toMatchObject({ event: 'MOVE', reason: 'not-understood' });

        const none = await deliver(face.url, { ...body, dataRowIds: [] });
        expect([none.status, none.json.events]).toEqual([202, 0]);
      });

      test.each([
        ['a list of one object', (body: string) => `[${body}]`, 1],
        ['a list of several objects', (body: string) => `[${body},${body}]`, 2],
        ['NDJSON', (body: string) => `${body}\n${body}\n`, 2],
        ['a byte order mark', (body: string) => `\ufeff${body}`, 1],
      ])('%s is read too', async (_, wrap, events) => {
        const answer = await deliver(face.url, wrap(JSON.stringify(label())));
        expect([answer.status, answer.json.events]).toEqual([202, events]);
        const received = await arrived();
        expect(received.map(({ event }) => event.subject)).toEqual(
          Array(events).fill('label/label-1'),
        );
        expect(new Set(received.map(({ event }) => event.id)).size).toBe(events);
      });

      test('large data goes through S3, the event keeps everything else', async () => {
        const name = 'x'.repeat(300_000);
        const body = label({ project: { id: 'project-1', name } });
        expect((await deliver(face.url, body)).status).toBe(202);
        const { event } = await single();
        expect(event.data).toBeUndefined();
        expect(event.subject).toBe('label/label-1');
        const bytes = await readObject(face.aws, event.dataref);
        expect(event.datadigest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
        expect(JSON.parse(bytes.toString())).toMatchObject({
          platform: 'labelbox',
          project: { id: 'project-1', name },
          labels: [{ id: 'label-1' }],
          native: body,
        });
      });
    });

    describe('the body has priority over the unsigned header', () => {
      const created = { createdAt: '2023-02-13T18:22:46.000Z', updatedAt: '2023-02-13T18:22:46Z' };
      const review = { id: 'review-1', score: 1, label: { project: { id: 'project-1' } } };
      test.each([
        ['a usable header', label(), 'LABEL_CREATED', 'label.created', 'LABEL_CREATED'],
        ['no header, changed since', label(), undefined, 'label.updated', 'LABEL_UPDATED'],
        ['no header, as created', label(created), undefined, 'label.created', 'LABEL_CREATED'],
        ['an unknown name', label(created), 'LABEL_BORN', 'label.created', 'LABEL_CREATED'],
        ['another family', label(), 'REVIEW_DELETED', 'label.updated', 'LABEL_UPDATED'],
        [
          'deleted, says the body',
          label({ deleted: true }),
          'LABEL_CREATED',
          'label.deleted',
          'LABEL_CREATED',
        ],
        [
          'deleted, no header',
          label({ deleted: true }),
          undefined,
          'label.deleted',
          'LABEL_DELETED',
        ],
        [
          'deleted, says the header',
          label({ deleted: undefined }),
          'LABEL_DELETED',
          'label.deleted',
          'LABEL_DELETED',
        ],
        [
          'deleted, denied',
          label(),
          'LABEL_DELETED',
          'unrecognized',
          'LABEL_DELETED',
          'event-contradicts-body',
        ],
        ['a review', review, 'REVIEW_UPDATED', 'review.updated', 'REVIEW_UPDATED'],
        [
          'a review that is not called one',
          review,
          'LABEL_CREATED',
          'review.updated',
          'REVIEW_UPDATED',
        ],
        [
          'a review, denied',
          { ...review, deleted: false },
          'REVIEW_DELETED',
          'unrecognized',
          'REVIEW_DELETED',
          'event-contradicts-body',
        ],
        [
          'workflow, no header',
          { action: 'APPROVE', dataRowIds: ['a'] },
          undefined,
          'workflow.action',
          'WORKFLOW_ACTION',
        ],
        [
          'a known name on no known shape',
          { a: 1 },
          'LABEL_CREATED',
          'unrecognized',
          'LABEL_CREATED',
          'not-understood',
        ],
        [
          'an unknown name on no known shape',
          { a: 1 },
          'ISSUE_CREATED',
          'unrecognized',
          'ISSUE_CREATED',
          'unknown-event',
        ],
        [
          'no name on no known shape',
          { a: 1 },
          undefined,
          'unrecognized',
          undefined,
          'unknown-event',
        ],
      ])('%s', async (_, body, header, topic, event, reason: string | undefined = undefined) => {
        const answer = await deliver(face.url, body, header ? { 'x-labelbox-event': header } : {});
        expect(answer.status).toBe(202);
        const received = await single();
        expect(received.queue).toBe(topic.replace('.', '-'));
        expect(received.event.type).toBe(`labelrelay.${topic}`);
        expect(received.event.data.event).toBe(event);
        expect(received.event.data.reason).toBe(reason);
        expect(received.event.data.native).toMatchObject(JSON.parse(JSON.stringify(body)));
      });

      test('a deletion without a time is final, other changes without one are not ordered', async () => {
        const timeless = label({ createdAt: undefined, updatedAt: 'yesterday' });
        await deliver(face.url, timeless, { 'x-labelbox-event': 'LABEL_UPDATED' });
        const updated = (await single()).event;
        expect([updated.subject, updated.sequence]).toEqual(['label/label-1', undefined]);
        expect(updated.time).toBe(updated.recordedtime);
        await deliver(face.url, { ...timeless, deleted: true });
        expect((await single()).event.sequence).toBe('9999-12-31T23:59:59.999999Z-2');
      });

      test('an id of more than 256 characters has no subject and no sequence', async () => {
        await deliver(face.url, label({ id: 'i'.repeat(257) }));
        const { event } = await single();
        expect([event.subject, event.sequence]).toEqual([undefined, undefined]);
        expect(event.data.labels[0].id).toBe('i'.repeat(257));
        await deliver(face.url, label({ id: 'i'.repeat(256) }));
        expect((await single()).event.subject).toBe(`label/${'i'.repeat(256)}`);
      });
    });

    describe('contents of a label string', () => {
      test.each<[string | null, unknown?]>([
        [null, undefined],
        ['', undefined],
        ['[]', undefined],
        ['not JSON', 'not JSON'],
        ['3', 3],
        ['"text"', 'text'],
        ['[{"geometry":[{"x":1,"y":2}]}]', [{ geometry: [{ x: 1, y: 2 }] }]],
      ])('%j: the rest is known, and what it is is passed on', async (text, other) => {
        expect((await deliver(face.url, label({ label: text }))).status).toBe(202);
        const { event } = await single();
        expect(event.type).toBe('labelrelay.label.updated');
        expect(event.data.labels).toEqual([
          {
            id: 'label-1',
            createdAt: '2023-02-13T18:22:46Z',
            updatedAt: '2023-02-13T18:22:47Z',
            deleted: false,
            ...(other !== undefined && { other: { label: other } }),
          },
        ]);
      });

      test('a video: the address of its frames, without its token', async () => {
        const frames = 'https://api.labelbox.com/v1/frames/abc?token=JWT';
        await deliver(face.url, label({ label: JSON.stringify({ frames, classifications: [] }) }));
        const { event, body } = await single();
        expect(event.data.labels[0].framesUri).toBe('https://api.labelbox.com/v1/frames/abc');
        expect(body).not.toContain('JWT');
      });

      test('characters that SQS refuses, and emoji, arrive intact', async () => {
        const text = 'grüße 😀 \u0000\u0001\u000b\u007f\u0085\ufffe\uffff \ud800 \u2028 日本';
        const inner = JSON.stringify({ classifications: [{ title: text, answer: text }] });
        await deliver(face.url, label({ project: { id: 'p', name: text }, label: inner }));
        const { event, body } = await single();
        expect(event.data.project.name).toBe(text);
        expect(event.data.labels[0].classifications).toEqual([{ name: text, type: 'text', text }]);
        expect(JSON.parse(event.data.native.label)).toEqual(JSON.parse(inner));
        expect(body).toMatch(/^[\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]+$/);
        expect(body).toContain('日本');
      });

      test('deeper than 256 levels: the event stays, its annotations are left out', async () => {
        const nested = (levels: number) =>
          `{"objects":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
        await deliver(face.url, label({ label: nested(256) }));
        expect((await single()).event.data.labels[0].annotations).toHaveLength(1);
        await deliver(face.url, label({ label: nested(257) }));
        expect((await single()).event.data.labels[0].annotations).toBeUndefined();
      });
    });

    test('a body deeper than 256 levels goes out without native, its bytes are kept', async () => {
      const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
      await deliver(face.url, nested(256));
      expect((await single()).event.data.reason).toBe('unknown-event');
      for (const levels of [257, 100_000]) {
        expect((await deliver(face.url, nested(levels))).status).toBe(202);
        const { data } = (await single()).event;
        expect(data).toEqual({ platform: 'labelbox', reason: 'too-deep', raw: expect.any(String) });
        expect((await readObject(face.aws, data.raw)).toString()).toBe(nested(levels));
      }
    });

    describe('authentication', () => {
      const body = JSON.stringify(label());
      const signature = sign(body);
      const sha256 = sign(body, undefined, 'sha256');
      const forged = 'sha1=0000000000000000000000000000000000000000';

      test.each<[string, NodeJS.Dict<string | string[]>]>([
        ['SHA-1', { 'x-hub-signature': signature }],
        ['SHA-256', { 'x-hub-signature-256': sha256 }],
        ['both', { 'x-hub-signature': signature, 'x-hub-signature-256': sha256 }],
        [
          'either, when they disagree',
          { 'x-hub-signature': forged, 'x-hub-signature-256': sha256 },
        ],
        [
          'either, when one is malformed',
          { 'x-hub-signature': signature, 'x-hub-signature-256': 'sha256=' },
        ],
        ['any case', { 'X-HUB-Signature': signature.toUpperCase().replace('SHA1', 'sha1') }],
        ['no content type', { 'x-hub-signature': signature, 'content-type': undefined }],
        [
          'a JSON type with parameters',
          { 'x-hub-signature': signature, 'content-type': 'application/vnd.x+json; charset=utf-8' },
        ],
      ])('accepted: %s', async (_, headers) => {
        const given = { 'content-type': 'application/json', ...headers };
        const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
        const answer = await send(face.url, { path: '/webhooks/labelbox/', body, headers: known });
        expect(answer.status).toBe(202);
        await single();
      });

      test.each<[string, NodeJS.Dict<string | string[]>, string?]>([
        ['no signature', {}],
        ['an empty signature', { 'x-hub-signature': '' }],
        ['the digest alone', { 'x-hub-signature': signature.slice(5) }],
        ['a forged one', { 'x-hub-signature': forged }],
        ['a truncated one', { 'x-hub-signature': signature.slice(0, -1) }],
        ['one that is too long', { 'x-hub-signature': `${signature}0` }],
        ['the same one twice', { 'x-hub-signature': [signature, signature] }],
        ['a valid and a forged one', { 'x-hub-signature': [signature, forged] }],
        ['the wrong algorithm', { 'x-hub-signature-256': signature }],
        ['another secret', { 'x-hub-signature': sign(body, 'other') }],
        ['the secret of another source', { 'x-hub-signature': sign(body, TEAM_SECRET) }],
        [
          'a bit flipped in the body',
          { 'x-hub-signature': signature },
          body.replace('label-1', 'label-0'),
        ],
        ['a body cut short', { 'x-hub-signature': signature }, body.slice(0, -1)],
      ])('refused: %s', async (_, headers, sent = body) => {
        const answer = await send(face.url, { path: '/webhooks/labelbox', body: sent, headers });
        expect(answer.status).toBe(401);
        expect(answer.headers['content-type']).toBe('application/problem+json');
        expect(answer.json).toEqual({
          type: 'about:blank',
          title: 'The credentials are missing or wrong',
          status: 401,
        });
      });

      test('a source without a secret accepts no delivery', async () => {
        for (const secret of ['', 'example_secret', 'undefined']) {
          const headers = { 'x-hub-signature': sign(body, secret) };
          expect((await deliver(face.url, body, headers, '/webhooks/silent')).status).toBe(401);
        }
      });
    });

    describe('requests that are no deliveries', () => {
      const flat = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

      test.each<[string, string | Uint8Array]>([
        ['nothing', ''],
        ['no JSON', 'hello'],
        ['cut JSON', '{"a":'],
        ['a text', '"text"'],
        ['null', 'null'],
        ['an empty list', '[]'],
        ['a list of numbers', '[1]'],
        ['a list of an object and none', '[{},1]'],
        ['NDJSON with a bad line', '{}\n{'],
        ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
      ])('400, and kept: %s', async (_, body) => {
        const before = await listObjects(face.aws, 'undecodable/labelbox/');
        // A content type that the gateway does not decode, so that the bytes arrive unchanged.
        const answer = await deliver(face.url, body, { 'content-type': 'application/x+json' });
        expect(answer.status).toBe(400);
        expect(answer.json.title).toBe('The body must be a JSON object in UTF-8');
        const [key] = (await listObjects(face.aws, 'undecodable/labelbox/')).filter(
          (item) => !before.includes(item),
        );
        const kept = await readObject(face.aws, `s3://labelrelay-dev-deliveries/${key}`);
        expect(kept).toEqual(Buffer.from(body));
      });

      test('authentication comes first: nothing of a forged delivery is stored', async () => {
        const before = await listObjects(face.aws, '');
        const answer = await deliver(face.url, 'hello', { 'x-hub-signature': sign('other') });
        expect(answer.status).toBe(401);
        const type = { 'x-hub-signature': sign('other'), 'content-type': 'text/plain' };
        expect((await deliver(face.url, 'hello', type)).status).toBe(401);
        expect(await listObjects(face.aws, '')).toEqual(before);
      });

      test.each([
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/jsonx',
        'json',
        '',
      ])('415: %j', async (type) => {
        const answer = await deliver(face.url, label(), { 'content-type': type });
        expect(answer.status).toBe(415);
        expect(answer.headers['content-type']).toBe('application/problem+json');
      });

      test.each([
        ['POST', '/webhooks/nobody'],
        ['GET', '/webhooks/nobody'],
        ['POST', '/webhooks/'],
        ['POST', '/webhooks/LABELBOX'],
        ['POST', '/webhooks/labelbox/more'],
        ['POST', '/webhooks/labelbox//'],
        ['POST', '/webhooks/__proto__'],
        ['POST', '//webhooks/labelbox'],
        ['POST', '/'],
        ['GET', '/inspector'],
      ])('404: %s %s', async (method, path) => {
        const answer = await send(face.url, { method, path });
        expect([answer.status, answer.json.status]).toEqual([404, 404]);
      });

      test('GET / is the page of `npm start`, and of no other receiver', async () => {
        for (const path of ['/', '/inspector/page.js', '/inspector/api/about']) {
          expect((await send(face.url, { method: 'GET', path })).status).toBe(hasPage ? 200 : 404);
        }
      });

      test.each([
        ['GET', '/webhooks/labelbox', 'POST'],
        ['PUT', '/webhooks/labelbox/', 'POST'],
        ['POST', '/health', 'GET'],
      ])('405: %s %s', async (method, path, allow) => {
        const answer = await send(face.url, { method, path });
        expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
      });

      test('413, signed or not, names the limit', async () => {
        const body = Buffer.alloc(face.maxBodyBytes + 1, ' ');
        for (const signature of [sign(body), 'sha1=no']) {
          const answer = await deliver(face.url, body, { 'x-hub-signature': signature });
          expect([answer.status, answer.json.limit]).toEqual([413, face.maxBodyBytes]);
        }
      });

      test('a body of exactly the limit is accepted', async () => {
        const text = JSON.stringify(label());
        const body = text + ' '.repeat(face.maxBodyBytes - text.length);
        expect((await deliver(face.url, body)).status).toBe(202);
        await single();
      });

      test('GET /health', async () => {
        for (const path of ['/health', '/health/', '/health?probe=1']) {
          const answer = await send(face.url, { method: 'GET', path });
          expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
        }
      });

      test('no JSON value under any name makes a 5xx, and every object becomes an event', async () => {
        const names = [
          'LABEL_CREATED',
          'LABEL_DELETED',
          'REVIEW_UPDATED',
          'WORKFLOW_ACTION',
          'X',
          '',
        ];
        const member = fc.constantFrom(
          'id',
          'label',
          'dataRow',
          'project',
          'score',
          'action',
          'dataRowIds',
          'deleted',
          'updatedAt',
          '__proto__',
          'constructor',
        );
        const value = fc.oneof(
          fc.jsonValue(),
          fc.dictionary(
            member,
            fc.oneof(fc.jsonValue(), fc.json(), fc.dictionary(member, fc.jsonValue())),
          ),
        );
        await fc.assert(
          fc.asyncProperty(value, fc.constantFrom(...names), async (body, event) => {
            const answer = await deliver(face.url, flat(body), { 'x-labelbox-event': event });
            const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
            if (isObject) expect(answer.status).toBe(202);
            else expect([202, 400]).toContain(answer.status);
          }),
          { numRuns: Math.min(150, Number(process.env.PROPERTY_RUNS ?? 50)) },
        );
        for (const { event } of await arrived()) {
          expect(topics.map((topic) => `labelrelay.${topic}`)).toContain(event.type);
        }
      });
    });
  });
}
