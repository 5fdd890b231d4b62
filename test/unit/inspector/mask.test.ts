import { expect, test } from '@jest/globals';
import { maskBody } from '../../../lib/inspector/mask-body';
import { maskHeaders } from '../../../lib/inspector/mask-headers';
import type { Platform } from '../../../lib/platforms/platform';
import { platforms } from '../../../lib/platforms/platforms';
import { PLANTED, secretsOf } from '../../support/fixtures';

const all: Platform[] = Object.values(platforms);
/** The platforms that send secrets, by their fixtures. */
const sendingSecrets = all.filter(({ name }) => Object.keys(secretsOf(name)).length > 0);

test.each(all)('no credential of $name is kept', (platform) => {
  for (const { header } of platform.schemes) {
    for (const value of [PLANTED, `Bearer ${PLANTED}`, `sha256=${PLANTED}`, `x ${PLANTED}`]) {
      const shown = maskHeaders({ [header]: value }, platform);
      expect(JSON.stringify(shown)).not.toContain(PLANTED);
      expect(shown).toEqual([{ name: header, value: expect.stringMatching(/•/), isMasked: true }]);
    }
  }
});

test('headers that may be a credential are masked, also of an unknown source', () => {
  const headers = { authorization: PLANTED, cookie: PLANTED, 'x-our-own-key': PLANTED };
  for (const platform of [undefined, ...all]) {
    expect(JSON.stringify(maskHeaders(headers, platform))).not.toContain(PLANTED);
  }
});

test('the form of a credential is shown, which helps when it is wrong', () => {
  const signature = `sha1=${'0'.repeat(40)}`;
  expect(maskHeaders({ 'x-hub-signature': signature }, platforms.labelbox)[0]?.value).toBe(
    'sha1=•••••••• (40 characters)',
  );
  expect(maskHeaders({ authorization: 'Bearer abc' }, platforms['label-studio'])[0]?.value).toBe(
    'Bearer •••••••• (3 characters)',
  );
});

test('headers that name the event and the content are shown', () => {
  const headers = { 'content-type': 'application/json', 'x-labelbox-event': 'LABEL_CREATED' };
  expect(maskHeaders(headers, platforms.labelbox)).toEqual([
    { name: 'content-type', value: 'application/json', isMasked: false },
    { name: 'x-labelbox-event', value: 'LABEL_CREATED', isMasked: false },
  ]);
});

test('Labelbox and Label Studio send secrets', () => {
  const names = sendingSecrets.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['labelbox', 'label-studio']));
});

test.each(sendingSecrets)(
  'a body of $name is shown without its secrets, and otherwise as sent',
  (platform) => {
    const body = { ...secretsOf(platform.name), kept: 'kept' };
    expect(JSON.stringify(body)).toContain(PLANTED);
    const shown = maskBody(Buffer.from(JSON.stringify(body)), platform);
    expect(shown.text).not.toContain(PLANTED);
    expect(shown.text).toContain('"kept":"kept"');
    expect(shown.note).toMatch(/taken out/);
    const plain = '{ "id" :  12345678901234567890 }';
    expect(maskBody(Buffer.from(plain), platform)).toEqual({ text: plain });
  },
);

test.each(sendingSecrets)(
  'the beginning of a body of $name with secrets is not shown',
  (platform) => {
    const whole = Buffer.from(JSON.stringify({ ...secretsOf(platform.name), end: 'x' }));
    const { text, note } = maskBody(whole.subarray(0, -1), platform);
    expect(text).not.toContain(PLANTED);
    expect(note).toMatch(/no JSON/);
  },
);

test('a body that nests too deeply to be searched is not searched', () => {
  const deep = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  for (const platform of all) {
    expect(maskBody(Buffer.from(deep), platform).note).toMatch(/no JSON/);
  }
});

test.each(sendingSecrets)(
  'a secret of $name that a second member of its name hides is not shown',
  (platform) => {
    const secret = JSON.stringify(secretsOf(platform.name));
    // If members share a name, only the last one is read.
    const body = `{"a":${secret},"a":{"kept":"kept"}}`;
    const { text, note } = maskBody(Buffer.from(body), platform);
    expect(text).toBe('{"a":{"kept":"kept"}}');
    expect(note).toMatch(/taken out/);
  },
);

test.each(sendingSecrets)(
  'a body of $name in UTF-16 is not shown: its secrets cannot be found',
  (platform) => {
    const body = Buffer.from(JSON.stringify(secretsOf(platform.name)), 'utf16le');
    const { text, note } = maskBody(body, platform);
    expect(text).toBe('');
    expect(note).toMatch(/may hold secrets/);
  },
);
