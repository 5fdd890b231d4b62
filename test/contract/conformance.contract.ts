import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Face, SECRET } from '../support/faces';
import { label } from '../support/label';
import { drain, listObjects, type Received, readObject } from '../support/read-queues';
import { deliver, hangUp, type Options, type Sent, send, sign } from '../support/send';

const LABELBOX = '/webhooks/labelbox';
const LABEL_STUDIO = '/webhooks/label-studio';
const BEARER = { authorization: `Bearer ${SECRET}` };
const JSON_TYPE = { 'content-type': 'application/json' };

const created = label({ updatedAt: '2023-02-13T18:22:46Z' });
const updated = label({ updatedAt: '2023-02-13T18:22:59Z' });
const deleted = label({ updatedAt: '2023-02-13T18:22:59Z', deleted: true });

const annotation = JSON.stringify({
  action: 'ANNOTATION_CREATED',
  annotation: { id: 1, updated_at: '2026-03-02T10:41:55.287310Z', result: [] },
  task: { id: 4, data: { text: 'four' } },
  project: { id: 7, title: 'Project' },
});

/** The event that a worker ends with that keeps the last one by `sequence`, then `id`. */
const last = (received: readonly Received[]): Received['event'] =>
  received
    .map(({ event }) => event)
    .sort((one, other) => (`${one.sequence} ${one.id}` < `${other.sequence} ${other.id}` ? -1 : 1))
    .at(-1);

/**
 * Common scenarios for receivers of webhooks, one test for each.
 *
 * @param restart restarts the receiver without its caches, with the same queues
 */
export function conformanceContract<F extends Face>(
  name: string,
  start: () => Promise<F>,
  restart: (face: F) => Promise<Face>,
): void {
  describe(`${name} conforms`, () => {
    let face: F;
    beforeAll(async () => {
      face = await start();
    });
    afterAll(() => face.stop());
    afterEach(async () => {
      expect(await drain(face.aws)).toEqual([]);
    });

    const studio = (body: string, headers: Options['headers'] = BEARER): Promise<Sent> =>
      send(face.url, { path: LABEL_STUDIO, body, headers });

    const expectOneId = (received: readonly Received[]): string => {
      const ids = new Set<string>(received.map(({ event }) => event.id));
      expect(ids.size).toBe(1);
      return [...ids].join();
    };

    /** Expects that the delivery is rejected, and that nothing of it is stored. */
    const expectRefused = async (attempts: readonly (() => Promise<Sent>)[]): Promise<void> => {
      const before = await listObjects(face.aws, '');
      for (const attempt of attempts) expect((await attempt()).status).toBe(401);
      expect(await drain(face.aws)).toEqual([]);
      expect(await listObjects(face.aws, '')).toEqual(before);
    };

    test('a delivery that is sent twice in a row becomes one event id', async () => {
      for (const attempt of [() => deliver(face.url, updated), () => studio(annotation)]) {
        const [first, second] = [await attempt(), await attempt()];
        expect([first.status, second.status]).toEqual([202, 202]);
        expect(second.json).toEqual(first.json);
        expectOneId(await drain(face.aws));
      }
    });

    test('a delivery that is sent eight times at once becomes one event id', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => deliver(face.url, updated)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
      expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
      expectOneId(await drain(face.aws));
    });

    test('a newer version that arrives before an older one still wins', async () => {
      for (const arrival of [
        [created, updated],
        [updated, created],
      ]) {
        for (const body of arrival) expect((await deliver(face.url, body)).status).toBe(202);
        const received = await drain(face.aws);
        expect(received.map(({ event }) => event.subject)).toEqual(Array(2).fill('label/label-1'));
        expect(last(received).time).toBe('2023-02-13T18:22:59Z');
      }
    });

    test('a deletion that arrives before the update of the same moment still wins', async () => {
      for (const arrival of [
        [updated, deleted],
        [deleted, updated],
      ]) {
        for (const body of arrival) expect((await deliver(face.url, body)).status).toBe(202);
        const received = await drain(face.aws);
        // Tries several ids: events with the same sequence are ordered by id, which is a hash.
        expect(new Set(received.map(({ event }) => event.sequence)).size).toBe(2);
        expect(last(received).type).toBe('labelrelay.label.deleted');
      }
    });

    test('a sender that disconnects before the answer and retries loses nothing', async () => {
      const body = JSON.stringify(updated);
      const headers = { ...JSON_TYPE, 'x-hub-signature': sign(body) };
      await hangUp(face.url, { path: LABELBOX, body, headers });
      let first: Received[] = [];
      for (let tries = 0; tries < 50 && first.length === 0; tries++) {
        await setTimeout(100);
        first = await drain(face.aws);
      }
      expect((await deliver(face.url, body)).status).toBe(202);
      const again = await drain(face.aws);
      expect([first.length, again.length]).toEqual([1, 1]);
      expectOneId([...first, ...again]);
    });

    test('a missing signature is refused', async () => {
      const body = JSON.stringify(updated);
      await expectRefused([
        () => send(face.url, { path: LABELBOX, body, headers: JSON_TYPE }),
        () => studio(annotation, {}),
      ]);
    });

    test('a malformed signature is refused', async () => {
      const digest = sign(JSON.stringify(updated)).slice('sha1='.length);
      const malformed = ['', 'sha1=', digest, `sha1=${digest.slice(1)}`, `md5=${digest}`, 'sha1=é'];
      await expectRefused([
        ...malformed.map(
          (signature) => () => deliver(face.url, updated, { 'x-hub-signature': signature }),
        ),
        ...['Bearer', 'Basic ???', SECRET].map(
          (authorization) => () => studio(annotation, { authorization }),
        ),
      ]);
    });

    test('a signature by another key is refused', async () => {
      const body = JSON.stringify(updated);
      await expectRefused([
        () => deliver(face.url, body, { 'x-hub-signature': sign(body, 'other') }),
        () => deliver(face.url, body, { 'x-hub-signature': sign(body, '') }),
        () => studio(annotation, { authorization: 'Bearer other' }),
        () => studio(annotation, { 'x-webhook-secret': 'other' }),
      ]);
    });

    test('the signature of an older delivery does not verify a newer one', async () => {
      const stale = sign(JSON.stringify(created));
      expect((await deliver(face.url, created, { 'x-hub-signature': stale })).status).toBe(202);
      await drain(face.aws);
      await expectRefused([() => deliver(face.url, updated, { 'x-hub-signature': stale })]);
    });

    test('a delivery that was altered after signing is rejected, or its events are unchanged', async () => {
      const body = JSON.stringify(updated);
      const altered = body.replace('label-1', 'label-2');
      const signature = sign(body);
      const lies = { 'x-labelbox-id': 'another', 'user-agent': 'another', traceparent: 'another' };
      await expectRefused([
        () => deliver(face.url, altered, { 'x-hub-signature': signature }),
        () => deliver(face.url, altered, { ...lies, 'x-hub-signature': signature }),
      ]);

      const honest = { 'x-labelbox-event': 'LABEL_UPDATED', 'x-labelbox-id': 'one' };
      for (const headers of [honest, { ...honest, ...lies }, { 'x-labelbox-event': 'LIE' }]) {
        expect((await deliver(face.url, body, headers)).status).toBe(202);
      }
      const received = await drain(face.aws);
      expect(received.map(({ queue }) => queue)).toEqual(Array(3).fill('label-updated'));
      expectOneId(received);
    });

    test('a signature verifies the exact bytes, not the same JSON', async () => {
      const exact = JSON.stringify(updated, undefined, 2);
      const compact = JSON.stringify(updated);
      await expectRefused([
        () => deliver(face.url, exact, { 'x-hub-signature': sign(compact) }),
        () => deliver(face.url, compact, { 'x-hub-signature': sign(exact) }),
      ]);
      for (const body of [exact, compact]) {
        expect((await deliver(face.url, body)).status).toBe(202);
      }
      expect(await drain(face.aws)).toHaveLength(2);
    });

    test('a malformed body is refused although it is signed, and its bytes are kept', async () => {
      const body = '{"id":"label-1",';
      for (const [attempt, prefix] of [
        [() => deliver(face.url, body), 'undecodable/labelbox/'],
        [() => studio(body), 'undecodable/label-studio/'],
      ] as const) {
        expect((await attempt()).status).toBe(400);
        expect(await drain(face.aws)).toEqual([]);
        const [key, ...others] = await listObjects(face.aws, prefix);
        expect(others).toEqual([]);
        const kept = await readObject(face.aws, `s3://labelrelay-dev-deliveries/${key}`);
        expect(kept.toString()).toBe(body);
      }
    });

    test('an attempt before a restart and one after it are one event id', async () => {
      const before = await deliver(face.url, updated);
      const restarted = await restart(face);
      const after = await deliver(restarted.url, updated);
      if (restarted !== face) await restarted.stop();
      expect([before.status, after.status]).toEqual([202, 202]);
      expect(after.json).toEqual(before.json);
      const received = await drain(face.aws);
      expect(received).toHaveLength(2);
      expectOneId(received);
    });

    test('a sender that ends in the middle of a body leaves no event, and the next one is served', async () => {
      const whole = JSON.stringify(updated);
      // The part that arrived would be a valid delivery.
      const part = JSON.stringify(created);
      for (const [body, signed, after] of [
        [whole, whole, whole.length / 2],
        [part + whole, part, part.length],
      ] as const) {
        const headers = { ...JSON_TYPE, 'x-hub-signature': sign(signed) };
        await hangUp(face.url, { path: LABELBOX, body, headers }, after);
      }
      expect((await deliver(face.url, whole)).status).toBe(202);
      const received = await drain(face.aws);
      expect(received.map(({ event }) => event.time)).toEqual(['2023-02-13T18:22:59Z']);
    });

    test('an event of an unknown type is kept as unrecognized', async () => {
      const body = { id: 'issue-1', category: 'quality' };
      const unknown = { 'x-labelbox-event': 'ISSUE_CREATED' };
      const link = { action: 'LABEL_LINK_CREATED', label_link: [{ id: 1 }] };
      expect((await deliver(face.url, body, unknown)).status).toBe(202);
      expect((await studio(JSON.stringify(link))).status).toBe(202);
      const received = await drain(face.aws);
      expect(received.map(({ queue }) => queue)).toEqual(Array(2).fill('unrecognized'));
      expect(received.map(({ event }) => event.data)).toEqual(
        expect.arrayContaining([
          {
            platform: 'labelbox',
            event: 'ISSUE_CREATED',
            reason: 'unknown-event',
            native: body,
          },
          {
            platform: 'label-studio',
            event: 'LABEL_LINK_CREATED',
            reason: 'unknown-event',
            native: link,
          },
        ]),
      );
    });

    test('no answer repeats a credential, or anything of a body', async () => {
      const body = JSON.stringify(label({ id: 'CANARY-BODY' }));
      const forged = sign(body, 'CANARY-KEY');
      const { authorization } = BEARER;
      const wrong = { authorization: 'Bearer CANARY-BEARER', 'x-webhook-secret': 'CANARY-SECRET' };
      const answers = [
        await deliver(face.url, body),
        await deliver(face.url, body, { 'x-hub-signature': forged }),
        await deliver(face.url, body, { 'x-hub-signature': 'sha1=CANARY-SIGNATURE' }),
        await deliver(face.url, body, { 'content-type': 'text/CANARY-TYPE' }),
        await deliver(face.url, 'CANARY-BODY'),
        await deliver(face.url, body, {}, '/webhooks/CANARY-PATH?CANARY-QUERY'),
        await deliver(face.url, 'CANARY-BODY'.padEnd(face.maxBodyBytes + 1)),
        await send(face.url, { method: 'PUT', path: LABELBOX, body, headers: wrong }),
        await studio(annotation.replace('four', 'CANARY-BODY'), { ...wrong, authorization }),
        await studio(annotation, wrong),
        await studio('CANARY-BODY'),
      ];
      expect(answers.map(({ status }) => status)).toEqual([
        202, 401, 401, 415, 400, 404, 413, 405, 202, 401, 400,
      ]);
      const said = JSON.stringify(answers);
      for (const secret of ['CANARY', SECRET, forged.slice('sha1='.length)]) {
        expect(said).not.toContain(secret);
      }
      expect(await drain(face.aws)).toHaveLength(2);
    });
  });
}
