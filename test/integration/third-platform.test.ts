import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { startServer, stopServers } from '../support/faces';
import { drain } from '../support/read-queues';
import { send } from '../support/send';

const ROOT = join(__dirname, '../..');

/** A platform that does not exist, with the files that CONTRIBUTING.md asks for. */
const ACME = {
  'credentials.ts': `
    import type { Headers } from '../platform';
    import { type Credential, saltedDigest } from '../proof';
    export const credentials = ({ 'x-acme-key': key }: Headers): Credential[] =>
      key ? [saltedDigest(Buffer.from(key))] : [];`,
  'decode.ts': `
    import { decodeUtf8, expectObject, parseJson } from '../../json/decode';
    export const decode = (body: Uint8Array) => [expectObject(parseJson(decodeUtf8(body)), 'the body')];`,
  'normalize.ts': `
    import type { EventDraft } from '../../events/draft';
    import { order } from '../../events/order';
    import { byVersion, RANK } from '../../events/sequence';
    import { toUtc } from '../../events/timestamp';
    import { asId, type JsonObject } from '../../json/read';
    export const normalize = (body: JsonObject): EventDraft[] => {
      const id = asId(body.thing);
      const time = toUtc(body.at);
      const data = { platform: 'acme', event: 'DONE', labels: [{ id, annotations: [] }], native: body };
      return [{ topic: 'label.updated', ...order(['label', id], byVersion(time, RANK.updated)), time, data }];
    };`,
  'acme.ts': `
    import type { Platform } from '../platform';
    import { credentials } from './credentials';
    import { decode } from './decode';
    import { normalize } from './normalize';
    export const acme: Platform = {
      name: 'acme', credentials, patienceMs: 5_000, headers: [], decode, normalize, training: {},
      acceptsContentType: () => true, redact: (body) => body,
      eventName: () => 'DONE', deliveryId: () => undefined,
    };`,
};

let copy = '';
afterEach(async () => {
  await stopServers();
  rmSync(copy, { recursive: true, force: true });
});

test('a third platform is a folder of siblings and one line in the table', async () => {
  // Inside the project, so that its packages are found.
  copy = mkdtempSync(join(ROOT, 'node_modules', '.third-platform-'));
  cpSync(join(ROOT, 'lib'), join(copy, 'lib'), { recursive: true });
  mkdirSync(join(copy, 'lib/platforms/acme'));
  for (const [file, code] of Object.entries(ACME)) {
    writeFileSync(join(copy, 'lib/platforms/acme', file), code);
  }
  const table = join(copy, 'lib/platforms/platforms.ts');
  const lines = readFileSync(table, 'utf8').replace('{ labelbox,', '{ acme, labelbox,');
  writeFileSync(table, `import { acme } from './acme/acme';\n${lines}`);

  const server = await startServer({ LABELRELAY_SOURCES: 'acme:acme:key' }, copy);
  const body = JSON.stringify({ thing: 7, at: '2026-01-01T01:00:00+01:00' });
  const path = '/webhooks/acme';
  expect((await send(server.url, { path, body })).status).toBe(401);
  expect((await send(server.url, { path, body, headers: { 'x-acme-key': 'key' } })).status).toBe(
    202,
  );
  const [received] = await drain(server.aws);
  expect(received).toMatchObject({
    queue: 'label-updated',
    event: {
      source: '/acme',
      type: 'labelrelay.label.updated',
      subject: 'label/7',
      sequence: '2026-01-01T00:00:00.000000Z-1',
      data: { platform: 'acme', event: 'DONE', labels: [{ id: '7' }] },
    },
  });
});
