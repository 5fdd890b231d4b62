import { describe, expect, test } from '@jest/globals';
import { readConfig, readServerConfig } from '../../../lib/config/read-config';
import { topics } from '../../../lib/events/topics';
import { platforms } from '../../../lib/platforms/platforms';

const QUEUE_URL_BASE = 'https://sqs.us-east-1.amazonaws.com/123456789012/';

const platformNames = Object.keys(platforms);

const problems = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('a deployed function', () => {
  test('needs little', () => {
    const config = readConfig({ LABELRELAY_QUEUE_URL_BASE: QUEUE_URL_BASE });
    expect([...config.sources.keys()]).toEqual(platformNames);
    expect(Object.keys(config.routes)).toEqual(topics);
    expect(config).toMatchObject({
      stage: 'dev',
      maxBodyBytes: 4_194_304,
      claimCheckBytes: 262_144,
      native: true,
      schemaBase: 'urn:labelrelay:schema:',
      secretOverlapMs: 7 * 24 * 3_600_000,
      queueUrlBase: QUEUE_URL_BASE,
      endpoint: undefined,
    });
  });

  test('every problem is reported at once, with the expected and the actual value', () => {
    const text = problems(() =>
      readConfig({
        LABELRELAY_SOURCES: 'Bad Name:labelbox,a:nowhere,a:labelbox,a:labelbox',
        LABELRELAY_STAGE: 'no spaces',
        LABELRELAY_MAX_BODY_BYTES: '1e6',
        LABELRELAY_CLAIM_CHECK_BYTES: '2000000',
        LABELRELAY_NATIVE: 'yes',
        LABELRELAY_ROUTES: '{"label.created":["UP"],"label.eaten":["x"]}',
      }),
    );
    expect(text.split('\n')).toEqual([
      'LABELRELAY_STAGE: expected a stage of 1 to 20 letters, digits and hyphens, got "no spaces"',
      'LABELRELAY_SOURCES, source 1: expected a name of 1 to 32 of a-z, 0-9 and hyphens, got something else',
      `LABELRELAY_SOURCES, source 2: expected one of the platforms ${platformNames.join(', ')}, got something else`,
      'LABELRELAY_SOURCES, source 4: expected a name that no other source has, got something else',
      'LABELRELAY_ROUTES (label.created): expected a list of queue names, got "UP"',
      'LABELRELAY_ROUTES: expected a topic, got "label.eaten"',
      'LABELRELAY_MAX_BODY_BYTES: expected a whole number from 1 to 4294967296, got "1e6"',
      'LABELRELAY_CLAIM_CHECK_BYTES: expected a whole number from 4096 to 1048576, got "2000000"',
      'LABELRELAY_NATIVE: expected true or false, got "yes"',
      'LABELRELAY_QUEUE_URL_BASE: expected the URL of a queue without its name, such as https://sqs.us-east-1.amazonaws.com/123456789012/, got ""',
    ]);
  });

  test.each([
    ['http://[::1]:4566', 'http://[::1]:4566'],
    ['https://[2001:db8::a]/', 'https://[2001:db8::a]'],
    ['http://localhost:4566/', 'http://localhost:4566'],
  ])('the endpoint %s is taken', (given, endpoint) => {
    expect(readConfig({ AWS_ENDPOINT_URL: given })).toMatchObject({
      endpoint,
      queueUrlBase: `${endpoint}/000000000000/`,
    });
  });

  test.each(['http://::1', 'http://[::1', 'http://[localhost]', 'http://[::1]:99999', 'ftp://x'])(
    'the endpoint %s is none',
    (given) => {
      const read = () => readConfig({ AWS_ENDPOINT_URL: given });
      expect(problems(read)).toContain('AWS_ENDPOINT_URL: expected a URL, got');
    },
  );

  test('a tap gets every topic, and no other route may lead there', () => {
    const base = { LABELRELAY_QUEUE_URL_BASE: QUEUE_URL_BASE };
    const { routes } = readConfig({ ...base, LABELRELAY_TAP: 'true' });
    expect(topics.filter((topic) => !routes[topic].includes('tap'))).toEqual([]);
    expect(routes['label.created']).toEqual(['label-created', 'tap']);
    const LABELRELAY_ROUTES = '{"label.created":["tap"]}';
    expect(problems(() => readConfig({ ...base, LABELRELAY_ROUTES }))).toContain('queue names');
  });

  test('an allow list has addresses and ranges of configured sources', () => {
    const read = (lists: object | string) => () =>
      readConfig({
        LABELRELAY_QUEUE_URL_BASE: QUEUE_URL_BASE,
        LABELRELAY_ALLOW_LISTS: typeof lists === 'string' ? lists : JSON.stringify(lists),
      });
    const good = ['192.0.2.1', '192.0.2.0/24', '2001:db8::/32', '::1', '0.0.0.0/0'];
    expect(problems(read({ labelbox: good }))).toBe('none');
    expect(problems(read({ nobody: ['192.0.2.1'] }))).toContain('got "nobody"');
    for (const bad of ['192.0.2', '192.0.2.0/33', '::1/129', '192.0.2.0/-1', '/8', 'host', '', 7]) {
      expect(problems(read({ labelbox: [bad] }))).toBe(
        `LABELRELAY_ALLOW_LISTS (labelbox): expected an address or a CIDR range, got "${bad}"`,
      );
    }
    for (const list of [[], 'any', null]) {
      expect(problems(read({ labelbox: list }))).toContain('expected a list of addresses');
    }
    expect(problems(read('{'))).toContain('LABELRELAY_ALLOW_LISTS: expected JSON such as');
  });

  test.each(['{', '[]', 'null', '3'])('routes that are no table: %s', (text) => {
    const read = () =>
      readConfig({ LABELRELAY_QUEUE_URL_BASE: QUEUE_URL_BASE, LABELRELAY_ROUTES: text });
    expect(problems(read)).toMatch(/^LABELRELAY_ROUTES: expected JSON such as/);
  });

  test('a topic that the routes do not name keeps its own queue', () => {
    const { routes } = readConfig({
      LABELRELAY_QUEUE_URL_BASE: QUEUE_URL_BASE,
      LABELRELAY_ROUTES: '{"label.created":["labels","audit"]}',
    });
    expect(routes['label.created']).toEqual(['labels', 'audit']);
    expect(routes['label.updated']).toEqual(['label-updated']);
  });
});

describe('npm start', () => {
  test('the example secret by default, and none if the variable is empty', () => {
    expect(readServerConfig({})).toMatchObject({
      port: 3000,
      embedded: { awsPort: 4566, dynamoDbPort: 8000 },
      region: 'us-east-1',
      maxBodyBytes: 10_485_760,
      exampleSecrets: platformNames,
    });
    const secret = (environment: Record<string, string>) =>
      readServerConfig(environment).secrets.get('labelbox');
    expect(secret({})).toBe('example_secret');
    expect(secret({ LABELBOX_WEBHOOK_SECRET: 'mine' })).toBe('mine');
    expect(secret({ LABELBOX_WEBHOOK_SECRET: '' })).toBe('');
  });

  test('additional sources have their secrets, which may contain colons', () => {
    const { sources, secrets } = readServerConfig({
      LABELRELAY_SOURCES: 'team-b:labelbox:a:b,team-c:labelbox:',
    });
    expect([...sources.keys()]).toEqual([...platformNames, 'team-b', 'team-c']);
    expect(secrets.get('team-b')).toBe('a:b');
    expect(secrets.get('team-c')).toBe('');
  });

  test('a mistake in the sources does not show a secret', () => {
    const text = problems(() =>
      readServerConfig({ LABELRELAY_SOURCES: 'team-b:HUSH,HUSH,:x:HUSH' }),
    );
    expect(text).toContain('source 2');
    expect(text).not.toContain('HUSH');
  });

  test('with an endpoint nothing is embedded', () => {
    const config = readServerConfig({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9000',
      AWS_REGION: 'eu-west-1',
    });
    expect(config).toMatchObject({
      embedded: undefined,
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:9000',
      queueUrlBase: 'http://127.0.0.1:9000/000000000000/',
    });
  });
});
