import { expect, test } from '@jest/globals';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import { Secret } from '../../../lib/platforms/secret';
import { toDelivery } from '../../../lib/receive/delivery';
import { Journal } from '../../../lib/receive/log/journal';
import type { SecretStore } from '../../../lib/receive/ports';
import { authenticate } from '../../../lib/receive/verify/authenticate';
import { cacheSecrets } from '../../../lib/receive/verify/cache-secrets';
import { createTelemetry } from '../../../lib/telemetry';
import { sign } from '../../support/send';

/** @returns the metrics of a delivery that is signed with a secret; throws as authenticating does */
async function verify(
  secrets: SecretStore,
  secret: string,
  headers: object = {},
  journal = new Journal(),
): Promise<string> {
  const body = Buffer.from('{}');
  const request = {
    method: 'POST',
    path: '/webhooks/labelbox',
    headers: { 'x-hub-signature': sign(body, secret), ...headers },
    body,
    receivedAt: new Date(),
  };
  const source = { name: 'labelbox', platform: labelbox };
  const { signal } = new AbortController();
  await authenticate(toDelivery(source, request, 1_000), { secrets, journal, signal });
  let line = '';
  journal.conclude('info', 'verified');
  journal.write(createTelemetry('test', (text) => (line = text)));
  return line;
}

const whole = (secrets: Secret[]) => ({ secrets, isConclusive: true });
const store = (read: () => Secret[], refresh: () => Secret[] | undefined = () => undefined) => ({
  read: async () => whole(read()),
  refresh: async () => {
    const secrets = refresh();
    return secrets && whole(secrets);
  },
});

const refused = { code: 'unauthenticated' };

test('a metric counts the version of the secret that verified a delivery', async () => {
  const secrets = store(() => [new Secret('new'), new Secret('old', 'previous')]);
  expect(await verify(secrets, 'new')).toContain('"Verified.current":1');
  expect(await verify(secrets, 'old')).toContain('"Verified.previous":1');
  await expect(verify(secrets, 'other')).rejects.toMatchObject(refused);
});

test('a previous secret ends when its overlap does, even if nothing newer can be read', async () => {
  const old = new Secret('old', 'previous', Date.now() + 150);
  const secrets = store(() => [new Secret('new'), old]);
  expect(await verify(secrets, 'old')).toContain('"Verified.previous":1');
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect(verify(secrets, 'old')).rejects.toMatchObject(refused);
});

test('a mismatch reads the secret again', async () => {
  const secrets = store(
    () => [new Secret('old')],
    () => [new Secret('new'), new Secret('old', 'previous')],
  );
  expect(await verify(secrets, 'new')).toContain('"Verified.current":1');
});

test('the previous secret is only read if the current one does not verify a delivery', async () => {
  let refreshed = 0;
  const secrets: SecretStore = {
    read: async () => ({ secrets: [new Secret('new')], isConclusive: false }),
    async refresh() {
      refreshed++;
      return whole([new Secret('new'), new Secret('old', 'previous')]);
    },
  };
  expect(await verify(secrets, 'new')).toContain('"Verified.current":1');
  expect(refreshed).toBe(0);
  expect(await verify(secrets, 'old')).toContain('"Verified.previous":1');
  expect(refreshed).toBe(1);
  await expect(verify(secrets, 'other')).rejects.toMatchObject(refused);
});

test('nothing is rejected while the previous secret cannot be read', async () => {
  const refresh = async () => {
    throw new Error('down');
  };
  const current = async () => ({ secrets: [new Secret('new')], isConclusive: false });
  expect(await verify({ read: current, refresh }, 'new')).toContain('"Verified.current":1');
  await expect(verify({ read: current, refresh }, 'old')).rejects.toMatchObject({
    code: 'secrets-unavailable',
  });
  // All are known, and that it fails says nothing of them.
  const all = async () => whole([new Secret('new')]);
  await expect(verify({ read: all, refresh }, 'old')).rejects.toMatchObject(refused);
});

test('no secret is read for credentials that cannot be authentic', async () => {
  const secrets = store(() => {
    throw new Error('asked');
  });
  for (const signature of [undefined, '', 'sha1=', `sha1=${'0'.repeat(41)}`]) {
    const headers = { 'x-hub-signature': signature };
    await expect(verify(secrets, 'x', headers)).rejects.toMatchObject(refused);
  }
  await expect(verify(secrets, 'x')).rejects.toMatchObject({ code: 'secrets-unavailable' });
});

test('a rotation in the documented order rejects no delivery', async () => {
  let now = 0;
  const written = 5_000;
  // The versions in Secrets Manager, and the secret of the platform, one cache lifetime later.
  const read = async () =>
    now < written ? [new Secret('old')] : [new Secret('new'), new Secret('old', 'previous')];
  const secrets = cacheSecrets(read, () => now);
  for (; now < 200_000; now += 500) {
    await verify(secrets, now < written + 60_000 ? 'old' : 'new');
  }
});

test('while the store is down: a mismatch is refused for 60 seconds, and then held, whatever came before', async () => {
  let now = 0;
  let isDown = false;
  const secrets = cacheSecrets(
    async () => {
      if (isDown) throw new Error('down');
      return [new Secret('old')];
    },
    () => now,
  );
  await expect(verify(secrets, 'junk')).rejects.toMatchObject(refused);
  isDown = true;
  for (; now < 60_000; now += 700) {
    await expect(verify(secrets, 'junk')).rejects.toMatchObject(refused);
    await verify(secrets, 'old');
  }
  // From now on it may have been replaced a minute ago.
  const unknown = { code: 'secrets-unavailable' };
  for (now = 60_000; now < 200_000; now += 700) {
    await expect(verify(secrets, 'junk')).rejects.toMatchObject(unknown);
    await expect(verify(secrets, 'new')).rejects.toMatchObject(unknown);
    await verify(secrets, 'old');
  }
});

test('a rejection for a secret stored with extra characters says so, and shows none of it', async () => {
  const lineOf = async (stored: string): Promise<string> => {
    const journal = new Journal();
    const secrets = store(() => [new Secret(stored)]);
    await expect(verify(secrets, 'hunter2', {}, journal)).rejects.toMatchObject(refused);
    let line = '';
    journal.conclude('warn', 'refused');
    journal.write(createTelemetry('test', (text) => (line = text)));
    expect(line).not.toContain('hunter2');
    return line;
  };
  expect(await lineOf('hunter2\n')).toContain('"secretHas":"white space at its ends"');
  expect(await lineOf('{"secret":"hunter2"}')).toMatch(/"secretHas":"the JSON around it/);
  expect(await lineOf('another')).not.toContain('secretHas');
});
