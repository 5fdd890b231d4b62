import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { readConfig } from '../../lib/config/read-config';
import { type Embedded, startAws } from '../../lib/server/start-embedded';
import { LEGACY_TOKEN, PERSONAL_TOKEN, startLabelStudioStub } from '../support/label-studio-stub';
import { runCli } from '../support/run-cli';

let aws: Embedded;
let studio: Awaited<ReturnType<typeof startLabelStudioStub>>;

beforeAll(async () => {
  aws = await startAws(0);
  await createMissing(readConfig({ AWS_ENDPOINT_URL: aws.endpoint }));
});
afterAll(() => aws.stop());
beforeEach(async () => {
  studio = await startLabelStudioStub();
});
afterEach(() => studio.stop());

const cli = (args: readonly string[], env = {}) =>
  runCli(['webhooks', ...args], {
    AWS_ENDPOINT_URL: aws.endpoint,
    PORT: '3000',
    LABEL_STUDIO_URL: studio.url,
    LABEL_STUDIO_API_KEY: LEGACY_TOKEN,
    LABEL_STUDIO_WEBHOOK_SECRET: 'S3CRET',
    ...env,
  });

test.each([
  ['a legacy token', LEGACY_TOKEN],
  ['a personal access token', PERSONAL_TOKEN],
])('with %s: created, listed, changed, deleted', async (_, LABEL_STUDIO_API_KEY) => {
  const env = { LABEL_STUDIO_API_KEY };
  const created = await cli(['create', 'label-studio', '--project', '7', '--json'], env);
  expect(created.json).toMatchObject([{ id: '1', topics: 'all', status: 'active', project: '7' }]);
  expect(studio.webhooks).toMatchObject([
    {
      url: 'http://127.0.0.1:3000/webhooks/label-studio',
      headers: { Authorization: 'Bearer S3CRET' },
      send_payload: true,
      send_for_all_actions: true,
    },
  ]);
  const twin = await cli(['create', 'label-studio', '--project', '7'], env);
  expect([twin.code, studio.webhooks.length]).toEqual([5, 1]);

  const change = ['--topics', 'ANNOTATION_CREATED,TASKS_CREATED', '--status', 'inactive'];
  await cli(['update', 'label-studio', '1', ...change], env);
  expect(studio.webhooks).toMatchObject([
    {
      actions: ['ANNOTATION_CREATED', 'TASKS_CREATED'],
      send_for_all_actions: false,
      is_active: false,
      headers: { Authorization: 'Bearer S3CRET' },
    },
  ]);
  await cli(['update', 'label-studio', '1', '--topics', 'all', '--status', 'active'], env);
  expect(studio.webhooks).toMatchObject([{ send_for_all_actions: true, is_active: true }]);

  // It shows the headers of its webhooks, our secret among them: we do not.
  const list = await cli(['list', 'label-studio', '--ours', '--json'], env);
  expect(list.json).toHaveLength(1);
  for (const { stdout, stderr } of [created, twin, list]) {
    expect(stdout + stderr).not.toMatch(/S3CRET|access-/);
    expect(stdout + stderr).not.toContain(LABEL_STUDIO_API_KEY);
  }
  expect((await cli(['delete', 'label-studio', '1', '--yes'], env)).stdout).toBe('deleted 1\n');
  expect(studio.webhooks).toEqual([]);
});

test('a refusal of Label Studio is explained, with the remedy', async () => {
  const noProject = await cli(['create', 'label-studio']);
  expect([noProject.code, noProject.stderr]).toEqual([
    2,
    expect.stringContaining('--project <id>'),
  ]);
  const topic = await cli(['create', 'label-studio', '--project', '7', '--topics', 'EATEN']);
  expect([topic.code, topic.stderr]).toEqual([5, expect.stringContaining('not a valid choice')]);
  const id = await cli(['update', 'label-studio', 'seven', '--status', 'active']);
  expect([id.code, id.stderr]).toEqual([2, expect.stringContaining('expected a number')]);
  expect((await cli(['update', 'label-studio', '9', '--status', 'active'])).code).toBe(4);

  studio.state.legacyTokens = false;
  const legacy = await cli(['list', 'label-studio']);
  expect([legacy.code, legacy.stderr]).toEqual([
    6,
    expect.stringContaining('make a personal access token'),
  ]);
  const revoked = await cli(['list', 'label-studio'], { LABEL_STUDIO_API_KEY: 'a.b.c' });
  expect([revoked.code, revoked.stderr]).toEqual([
    6,
    expect.stringContaining('expired or revoked'),
  ]);
  const page = await cli(['list', 'label-studio'], { LABEL_STUDIO_URL: `${studio.url}/login` });
  expect([page.code, page.stderr]).toEqual([
    1,
    expect.stringContaining('as Label Studio documents it'),
  ]);
  const broken = await cli(['list', 'label-studio'], { LABEL_STUDIO_API_KEY: '{\n  "key": 1 }' });
  expect([broken.code, broken.stderr]).toEqual([6, expect.stringContaining('printable')]);
  const nowhere = await cli(['list', 'label-studio'], { LABEL_STUDIO_URL: undefined });
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('LABEL_STUDIO_URL')]);
});

test('a private address, or a name that it cannot resolve, is explained with the remedy', async () => {
  studio.state.ssrfProtection = true;
  const url = (host: string) => ['--url', `http://${host}/webhooks/label-studio`];
  const create = ['create', 'label-studio', '--project', '7'];
  const refused = await cli(create);
  expect([refused.code, refused.stderr]).toEqual([
    5,
    expect.stringMatching(/private address.*--url.*SSRF_PROTECTION_ENABLED=false/s),
  ]);
  const unknown = await cli([...create, ...url('receiver.invalid')]);
  expect([unknown.code, unknown.stderr]).toEqual([
    5,
    expect.stringMatching(/cannot resolve receiver\.invalid.*--url/s),
  ]);
  expect(studio.webhooks).toEqual([]);
  await cli([...create, ...url('hooks.example.com')]);
  const changed = await cli(['update', 'label-studio', '1', ...url('127.0.0.1:3000')]);
  expect([changed.code, changed.stderr]).toEqual([
    5,
    expect.stringContaining('SSRF_PROTECTION_ENABLED=false'),
  ]);
});

test('a source can have an address and a key of its own, and a key for all goes to no such address', async () => {
  const other = await startLabelStudioStub();
  try {
    const env = {
      LABELRELAY_SOURCES: 'team-b:label-studio:S3CRET-B',
      LABEL_STUDIO_URL_TEAM_B: other.url,
      LABEL_STUDIO_API_KEY: PERSONAL_TOKEN,
    };
    const create = ['create', 'team-b', '--project', '7'];
    const denied = await cli(create, env);
    expect([denied.code, denied.stderr]).toEqual([
      6,
      expect.stringContaining('LABEL_STUDIO_API_KEY_TEAM_B'),
    ]);
    expect([other.webhooks, other.state.refreshed]).toEqual([[], 0]);

    const own = { ...env, LABEL_STUDIO_API_KEY_TEAM_B: LEGACY_TOKEN };
    expect((await cli(create, own)).code).toBe(0);
    expect(studio.webhooks).toEqual([]);
    expect(other.webhooks).toMatchObject([
      {
        url: 'http://127.0.0.1:3000/webhooks/team-b',
        headers: { Authorization: 'Bearer S3CRET-B' },
      },
    ]);
    // The others go on as before, and a source without an address of its own shares theirs.
    expect((await cli(['create', 'label-studio', '--project', '7'], own)).code).toBe(0);
    const shared = { ...own, LABEL_STUDIO_URL_TEAM_B: undefined };
    expect((await cli(create, shared)).code).toBe(0);
    expect(studio.webhooks.map(({ url }) => url.replace(/.*\//, ''))).toEqual([
      'label-studio',
      'team-b',
    ]);
    const wrong = await cli(create, { ...own, LABEL_STUDIO_URL_TEAM_B: 'nowhere' });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('expected LABEL_STUDIO_URL_TEAM_B to be its address'),
    ]);
  } finally {
    other.stop();
  }
});
