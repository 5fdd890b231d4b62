import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Face, SECRET, TEAM_SECRET } from '../support/faces';
import { drain } from '../support/read-queues';
import { deliver, type Options, send, sign } from '../support/send';

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
const BEARER = { authorization: `Bearer ${SECRET}` };

/** The contract of a receiver for Label Studio and for training. */
export function labelStudioContract(name: string, start: () => Promise<Face>): void {
  describe(`${name}, for Label Studio and training`, () => {
    let face: Face;
    beforeAll(async () => {
      face = await start();
    });
    afterAll(() => face.stop());
    afterEach(async () => {
      expect(await drain(face.aws)).toEqual([]);
    });

    const studio = (
      body: object,
      headers: Options['headers'] = BEARER,
      path = '/webhooks/label-studio',
    ) => send(face.url, { path, headers, body: JSON.stringify(body) });
    const events = async () => (await drain(face.aws)).map(({ event }) => event);

    describe('authentication', () => {
      const body = { action: 'PROJECT_DELETED', project: { id: 3 } };

      test.each<[string, Options['headers']]>([
        ['a bearer token', BEARER],
        ['a bearer token, in any case', { authorization: `bearer ${SECRET}` }],
        ['our own header', { 'X-Webhook-Secret': SECRET }],
        ['a password', { authorization: basic(`anyone:${SECRET}`) }],
        ['a password without a user', { authorization: basic(`:${SECRET}`) }],
        ['one of two', { authorization: 'Bearer wrong', 'x-webhook-secret': SECRET }],
        ['any content type', { ...BEARER, 'content-type': 'text/plain' }],
      ])('accepted: %s', async (_, headers) => {
        expect((await studio(body, headers)).status).toBe(202);
        expect(await events()).toHaveLength(1);
      });

      test.each<[string, Options['headers']]>([
        ['nothing', {}],
        ['the secret alone', { authorization: SECRET }],
        ['an empty bearer token', { authorization: 'Bearer ' }],
        ['another secret', { authorization: 'Bearer other' }],
        ['more than the secret', { authorization: `Bearer ${SECRET}x` }],
        ['a part of it', { 'x-webhook-secret': SECRET.slice(0, -1) }],
        ['the same header twice', { 'x-webhook-secret': [SECRET, SECRET] }],
        ['the secret as user', { authorization: basic(`${SECRET}:`) }],
        ['no pair', { authorization: basic(SECRET) }],
        ['no base64', { authorization: 'Basic ???' }],
        ['a signature', { 'x-hub-signature': sign(JSON.stringify(body)) }],
        ['the secret of another source', { authorization: `Bearer ${TEAM_SECRET}` }],
      ])('refused: %s', async (_, headers) => {
        const answer = await studio(body, headers);
        expect([answer.status, answer.json.title]).toEqual([
          401,
          'The credentials are missing or wrong',
        ]);
      });

      test('a source without a secret accepts no delivery, and every other source has its own secret', async () => {
        const empty = { authorization: 'Bearer ', 'x-webhook-secret': '' };
        expect((await studio(body, empty, '/webhooks/silent-studio')).status).toBe(401);
        const own = { authorization: basic(`labelrelay:${TEAM_SECRET}`) };
        expect((await studio(body, own, '/webhooks/studio-b')).status).toBe(202);
        expect((await events()).map(({ source }) => source)).toEqual(['/studio-b']);
      });

      test.each(['[]', '[{}]', '{}\n{}', 'no', '', '3'])('400: %j', async (text) => {
        const answer = await send(face.url, {
          path: '/webhooks/label-studio',
          headers: BEARER,
          body: text,
        });
        expect(answer.status).toBe(400);
      });
    });

    describe('every action', () => {
      const project = {
        id: 7,
        title: 'P',
        token: 'HUSH',
        task_data_password: 'HUSH',
        label_config_hash: 1,
      };
      const annotation = { id: 1, updated_at: '2026-03-02T10:41:55.287310Z', result: [] };

      test.each<[string, object, string, string | undefined]>([
        ['TASK_CREATED', { tasks: [{ id: 5 }] }, 'task.created', 'task/5'],
        ['TASK_CREATED', { task: { id: 5 } }, 'task.created', 'task/5'],
        ['TASK_DELETED', { id: 5 }, 'task.deleted', 'task/5'],
        ['TASKS_DELETED', { tasks: { id: 5 } }, 'task.deleted', 'task/5'],
        ['ANNOTATION_DELETED', { id: 9 }, 'label.deleted', 'label/9'],
        ['ANNOTATION_DELETED', { annotation: { id: 9 } }, 'label.deleted', 'label/9'],
        ['ANNOTATIONS_CREATED', { annotation }, 'label.created', 'label/1'],
        ['PROJECT_DELETED', { id: 3, project: undefined }, 'project.deleted', 'project/3'],
        ['REVIEW_CREATED', { review: { id: 2 } }, 'review.created', undefined],
        ['REVIEWS_DELETED', { reviews: [{ id: 2 }] }, 'review.deleted', undefined],
        ['START_TRAINING', { id: 7, project: undefined }, 'training.requested', 'project/7'],
        ['START_TRAINING', { id: 7, project: { title: 'x' } }, 'training.requested', 'project/7'],
        ['TASK_DELETED', { id: null }, 'unrecognized', undefined],
      ])('%s %j', async (action, payload, topic, subject) => {
        expect((await studio({ action, project, ...payload })).json.events).toBe(1);
        const [event] = await events();
        expect([event.type, event.subject]).toEqual([`labelrelay.${topic}`, subject]);
        expect(event.data.event).toBe(action);
        expect(JSON.stringify(event)).not.toContain('HUSH');
      });

      test('lists are paired as they were sent, and a bad item is an event of its own', async () => {
        const body = {
          action: 'ANNOTATIONS_CREATED',
          annotation: [annotation, 'no object', { ...annotation, id: 3 }],
          task: [{ id: 11, data: { a: 1 } }, { id: 12 }, { id: 13, data: { a: 3 } }],
          project,
        };
        expect((await studio(body)).json.events).toBe(3);
        const received = await events();
        const bySubject = (subject?: string) => received.find((event) => event.subject === subject);
        expect(bySubject('label/1').data).toMatchObject({
          dataRow: { id: '11', content: { a: 1 } },
        });
        expect(bySubject('label/3').data).toMatchObject({
          dataRow: { id: '13', content: { a: 3 } },
          native: {
            action: body.action,
            annotation: { id: 3 },
            task: { id: 13 },
            project: { id: 7, title: 'P' },
          },
        });
        expect(bySubject(undefined)).toMatchObject({
          type: 'labelrelay.unrecognized',
          data: { reason: 'not-understood', native: { annotation: 'no object' } },
        });
      });

      test('the task that an annotation names has priority over the one beside it', async () => {
        const annotations = [
          { ...annotation, id: 18, task: 5 },
          { ...annotation, id: 17, task: 4 },
        ];
        const task = [{ id: 4, data: 'four' }];
        await studio({ action: 'ANNOTATIONS_CREATED', annotation: annotations, task, project });
        const rows = (await events()).map(({ subject, data }) => [subject, data.dataRow]).sort();
        expect(rows).toEqual([
          ['label/17', { id: '4', content: 'four' }],
          ['label/18', { id: '5' }],
        ]);
        const unnamed = { action: 'ANNOTATION_CREATED', annotation: annotations[0], project };
        await studio({ ...unnamed, task: { data: 'five' } });
        expect((await events())[0].data.dataRow).toEqual({ id: '5', content: 'five' });
      });

      test('a skipped task is a label that is skipped', async () => {
        await studio({
          action: 'ANNOTATION_CREATED',
          annotation: { ...annotation, was_cancelled: true },
          project,
        });
        const [{ data }] = await events();
        expect(data.labels[0]).toMatchObject({ skipped: true, annotations: [] });
      });

      test('without a project in the body, the item names it', async () => {
        await studio({ action: 'TASKS_DELETED', tasks: [{ id: 5 }] });
        await studio({ action: 'TASKS_CREATED', tasks: [{ id: 6, project: 8 }] });
        const received = await events();
        expect(received.map(({ partitionkey }) => partitionkey).sort()).toEqual([
          'label-studio',
          'label-studio/8',
        ]);
      });

      test('a deletion is not ordered by the creation time of the task', async () => {
        const task = { id: 5, created_at: '2024-01-01T00:00:00Z' };
        await studio({ action: 'TASK_DELETED', task, project });
        const [{ sequence, recordedtime }] = await events();
        const received = recordedtime.replace('Z', '000Z');
        expect(sequence).toBe(`${received}/9999-12-31T23:59:59.999999Z-2`);
      });

      /** The state of the subject after its newest event, in any order of arrival. */
      const newest = async () =>
        (await events())
          .sort((one, other) =>
            `${one.sequence} ${one.id}` < `${other.sequence} ${other.id}` ? -1 : 1,
          )
          .at(-1);

      const at = (ms: number) => new Date(Date.now() + ms).toISOString();
      const HOUR = 3_600_000;

      test.each<[string, string, (id: number, createdAt: string) => [object, object]]>([
        [
          'label',
          'label/500',
          (id, created_at) => [
            {
              action: 'ANNOTATION_UPDATED',
              annotation: { id, task: 700, result: [], created_at, updated_at: created_at },
            },
            { action: 'ANNOTATIONS_DELETED', annotations: [{ id }] },
          ],
        ],
        [
          'task',
          'task/500',
          (id, created_at) => [
            { action: 'TASKS_CREATED', tasks: [{ id, created_at, updated_at: created_at }] },
            { action: 'TASKS_DELETED', tasks: [{ id }] },
          ],
        ],
        [
          'project',
          'project/500',
          (id, created_at) => [
            { action: 'PROJECT_UPDATED', project: { id, created_at, updated_at: created_at } },
            { action: 'PROJECT_DELETED', project: { id } },
          ],
        ],
      ])('the id of a deleted %s that is given again is live', async (_, subject, make) => {
        const [old, deletion] = make(500, at(-HOUR));
        for (const bodies of [
          [old, deletion],
          [deletion, old],
        ]) {
          for (const body of bodies) expect((await studio(body)).status).toBe(202);
          const last = await newest();
          expect([last.subject, last.type]).toEqual([subject, expect.stringMatching(/\.deleted$/)]);
        }
        await studio(deletion);
        // The receipt of the deletion has a precision of milliseconds.
        await setTimeout(5);
        const createdAt = at(0);
        const [created] = make(500, createdAt);
        for (const body of [created, old]) await studio(body);
        const last = await newest();
        const micros = createdAt.replace('Z', '000Z');
        expect(last.sequence).toMatch(`${micros}/${micros}-`);
      });

      test('a label without a creation time has no order', async () => {
        const annotation = { id: 5, result: [], updated_at: at(-HOUR) };
        await studio({ action: 'ANNOTATION_UPDATED', annotation, project });
        const [{ subject, sequence }] = await events();
        expect([subject, sequence]).toEqual(['label/5', undefined]);
      });

      test('an empty list is no event', async () => {
        expect((await studio({ action: 'TASKS_DELETED', tasks: [], project })).json.events).toBe(0);
      });

      test.each([
        [
          'an action without payload',
          { action: 'TASKS_CREATED' },
          'labelrelay.task.created',
          { platform: 'label-studio', event: 'TASKS_CREATED' },
        ],
        [
          'training',
          { action: 'START_TRAINING', project: { id: 7 } },
          'labelrelay.training.requested',
          { project: { id: '7' } },
        ],
        [
          'a deletion of an annotation',
          { action: 'ANNOTATIONS_DELETED', annotations: [{ id: 500 }], project: { id: 7 } },
          'labelrelay.label.deleted',
          { labels: [{ id: '500', deleted: true }] },
        ],
        [
          'a deletion of a task',
          { action: 'TASKS_DELETED', tasks: [{ id: 700 }], project: { id: 7 } },
          'labelrelay.task.deleted',
          { task: { id: '700' } },
        ],
        [
          'a deletion of a project',
          { action: 'PROJECT_DELETED', project: { id: 7 } },
          'labelrelay.project.deleted',
          { project: { id: '7' } },
        ],
        [
          'a deletion of reviews',
          { action: 'REVIEWS_DELETED', reviews: [{ id: 5 }], project: { id: 7 } },
          'labelrelay.review.deleted',
          { project: { id: '7' } },
        ],
        [
          'an unknown action',
          { action: 'LABEL_LINK_CREATED', label_link: [{ id: 1 }] },
          'labelrelay.unrecognized',
          { reason: 'unknown-event', event: 'LABEL_LINK_CREATED' },
        ],
      ])('%s happens twice although its bytes are the same', async (_, body, type, data) => {
        const [first, second] = [await studio(body), await studio(body)];
        expect(second.json.id).toBe(first.json.id);
        const received = await events();
        expect(received).toHaveLength(2);
        for (const event of received) {
          expect(event.type).toBe(type);
          expect(event.data).toMatchObject(data);
        }
        expect(received[0].id).not.toBe(received[1].id);
      });

      test('no action at all', async () => {
        await studio({ hello: 'world' });
        expect((await events())[0].data).toMatchObject({
          reason: 'unknown-event',
          native: { hello: 'world' },
        });
      });
    });

    describe('training', () => {
      const run = { modelId: 'm', modelRunId: 'r', modelType: 'yolo' };

      test('Labelbox asks for the models, signed over nothing', async () => {
        const headers = { 'x-hub-signature': sign('') };
        const answer = await send(face.url, {
          method: 'GET',
          path: '/training/labelbox/models',
          headers,
        });
        expect([answer.status, answer.json]).toEqual([200, { yolo: {}, 'resnet-50': {} }]);
        const forged = await send(face.url, { method: 'GET', path: '/training/labelbox/models' });
        expect(forged.status).toBe(401);
      });

      test('a model run without a type', async () => {
        const body = { modelId: 'm', modelRunId: 'r' };
        await deliver(face.url, body, {}, '/training/labelbox/model_run');
        expect((await events())[0]).toMatchObject({
          subject: 'model-run/r',
          data: { training: body },
        });
      });

      test.each(['/training/labelbox/model_run', '/webhooks/labelbox'])(
        'a model run by %s',
        async (path) => {
          const answer = await deliver(face.url, run, {}, path);
          expect([answer.status, answer.json.events]).toEqual([202, 1]);
          const [event] = await events();
          expect(event).toMatchObject({
            type: 'labelrelay.training.requested',
            subject: 'model-run/r',
            data: { platform: 'labelbox', event: 'MODEL_RUN', training: run, native: run },
          });
          expect(event.sequence).toBeUndefined();
          expect((await deliver(face.url, run, { 'x-hub-signature': 'sha1=0' }, path)).status).toBe(
            401,
          );
        },
      );

      test.each([
        ['GET', 'health', { status: 'UP' }],
        ['POST', 'setup', { model_version: 'labelrelay' }],
        ['POST', 'predict', { results: [] }],
      ])('Label Studio sees an ML backend: %s %s', async (method, endpoint, expected) => {
        const path = `/training/label-studio/${endpoint}`;
        const body = method === 'POST' ? JSON.stringify({ access_token: 'API-TOKEN' }) : '';
        for (const slash of ['', '/']) {
          const answer = await send(face.url, {
            method,
            path: path + slash,
            headers: BEARER,
            body,
          });
          expect([answer.status, answer.json]).toEqual([200, expected]);
        }
        expect((await send(face.url, { method, path, body })).status).toBe(401);
        const other = method === 'GET' ? 'POST' : 'GET';
        const wrong = await send(face.url, { method: other, path, headers: BEARER });
        expect([wrong.status, wrong.headers.allow]).toEqual([405, method]);
      });

      test('START_TRAINING, and any other action, by the webhook of the ML backend', async () => {
        const path = '/training/label-studio/webhook';
        const training = await studio(
          { action: 'START_TRAINING', project: { id: 7, title: 'P' } },
          BEARER,
          path,
        );
        expect([training.status, training.json.events]).toEqual([202, 1]);
        const updated = { action: 'PROJECT_UPDATED', project: { id: 3 } };
        const deleted = { action: 'PROJECT_DELETED', project: { id: 3 } };
        for (const body of [updated, deleted]) {
          const there = await studio(body, BEARER, path);
          const here = await studio(body);
          expect(here.json.id).toBe(there.json.id);
        }
        const all = await events();
        const idsOf = (type: string) =>
          all.filter((event) => event.type === `labelrelay.${type}`).map(({ id }) => id);
        // The path is not part of an id. A deletion can occur again with the same bytes, since ids are reused: so its
        // event id is random.
        expect(idsOf('project.updated')).toHaveLength(2);
        expect(new Set(idsOf('project.updated')).size).toBe(1);
        expect(new Set(idsOf('project.deleted')).size).toBe(2);
      });

      test.each([
        ['GET', '/training/labelbox/health'],
        ['GET', '/training/label-studio/models'],
        ['POST', '/training/labelbox'],
        ['GET', '/training/labelbox/constructor'],
        ['POST', '/training/nobody/setup'],
        ['POST', '/training/label-studio/setup/more'],
      ])('404: %s %s', async (method, path) => {
        expect((await send(face.url, { method, path })).status).toBe(404);
      });
    });
  });
}
