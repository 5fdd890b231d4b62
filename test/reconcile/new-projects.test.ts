import { afterEach, expect, test } from '@jest/globals';
import { type ErrorCode, LabelrelayError } from '../../lib/errors';
import { memoryItems } from '../../lib/label-store/memory-items';
import { memoryObjects } from '../../lib/label-store/memory-objects';
import type { ProjectEntry } from '../../lib/label-store/ports';
import { type ApiAccess, platformApi } from '../../lib/platforms/platform-api';
import { ensureNewProjects } from '../../lib/reconcile/ensure-new-projects';
import type { WebhookApi } from '../../lib/webhook-api/webhook-api';
import { LEGACY_TOKEN, startLabelStudioStub } from '../support/label-studio-stub';
import { API_KEY, startLabelbox } from '../support/labelbox-server';

interface Given {
  /** The projects in the label store. */
  readonly stored?: ProjectEntry[];
  readonly projects?: string[];
  readonly signal?: AbortSignal;
  /** Replaces calls. */
  readonly api?: (given: WebhookApi) => Partial<WebhookApi>;
}

function ensure(
  source: 'label-studio' | 'labelbox',
  access: Pick<ApiAccess, 'apiKey' | 'address'>,
  { stored = [], projects, signal, api }: Given = {},
): Promise<number> {
  const labels = {
    items: { ...memoryItems(), projects: async () => stored },
    objects: memoryObjects(),
  };
  const platform = platformApi(source, { ...access, requestsPerSecond: 1_000 });
  return ensureNewProjects({
    ...platform,
    api: { ...platform.api, ...api?.(platform.api) },
    ...{ labels, projects, signal, source, baseUrl: 'https://hooks.example.com' },
    secret: async () => 'a-secret',
  });
}

let stop = (): void => {};
afterEach(() => stop());

/** A Label Studio with three projects, and the access to it. */
async function startStudio() {
  const studio = await startLabelStudioStub();
  stop = studio.stop;
  studio.state.projects = [1, 2, 3];
  return { studio, access: { apiKey: LEGACY_TOKEN, address: studio.url } };
}

test('a new project of Label Studio gets a webhook, and one that was switched off stays off', async () => {
  const { studio, access } = await startStudio();
  expect(await ensure('label-studio', access, { projects: ['1'] })).toBe(1);
  const [first] = studio.webhooks;
  if (!first) throw new Error('expected a webhook');
  expect(first).toMatchObject({
    project: 1,
    is_active: true,
    url: 'https://hooks.example.com/webhooks/label-studio',
    headers: { Authorization: 'Bearer a-secret' },
  });
  first.is_active = false;
  expect(await ensure('label-studio', access)).toBe(2);
  expect(studio.webhooks.map(({ project, is_active }) => [project, is_active])).toEqual([
    [1, false],
    [2, true],
    [3, true],
  ]);
  expect(await ensure('label-studio', access)).toBe(0);
});

test.each<[string, ErrorCode, number[]]>([
  ['is not allowed', 'denied', [1, 3]],
  ['is gone meanwhile', 'not-found', [1, 3]],
  ['cannot be asked, as all that follow', 'unavailable', [1]],
])('a project that %s keeps no other from its webhook', async (_, code, made) => {
  const { studio, access } = await startStudio();
  const failing = (given: WebhookApi): Partial<WebhookApi> => ({
    async create(webhook) {
      if (webhook.project === '2') throw new LabelrelayError(code, 'expected another project');
      return given.create(webhook);
    },
  });
  await expect(ensure('label-studio', access, { api: failing })).rejects.toMatchObject({ code });
  expect(studio.webhooks.map(({ project }) => project)).toEqual(made);
  // The next call makes what is missing.
  expect(await ensure('label-studio', access)).toBe(3 - made.length);
});

test('when the call ends, the next one goes on', async () => {
  const { studio, access } = await startStudio();
  const ending = new AbortController();
  const api = (given: WebhookApi): Partial<WebhookApi> => ({
    async create(webhook) {
      if (webhook.project === '2') ending.abort();
      return given.create(webhook);
    },
  });
  expect(await ensure('label-studio', access, { api, signal: ending.signal })).toBe(2);
  expect(studio.webhooks.map(({ project }) => project)).toEqual([1, 2]);
  expect(await ensure('label-studio', access)).toBe(1);
});

test('Labelbox gets one webhook of the organization, and none where version 2 told of labels', async () => {
  const labelbox = await startLabelbox();
  try {
    const access = { apiKey: API_KEY, address: labelbox.url };
    const stored: ProjectEntry[] = [{ project: '/labelbox/project/p', forms: ['row'] }];
    await expect(ensure('labelbox', access, { stored })).rejects.toMatchObject({ code: 'refused' });
    expect(labelbox.webhooks).toEqual([]);
    expect(await ensure('labelbox', access)).toBe(1);
    expect(labelbox.webhooks).toMatchObject([{ project: null, status: 'ACTIVE' }]);
    expect(await ensure('labelbox', access)).toBe(0);
  } finally {
    labelbox.stop();
  }
});
