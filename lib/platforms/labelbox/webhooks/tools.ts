import { asObject } from '../../../json/read';
import { fileListing } from '../../../webhook-api/file-listing';
import { paceCalls } from '../../../webhook-api/pace-calls';
import type { PlatformTools } from '../../../webhook-api/platform-tools';
import { labelboxListing } from '../listing/listing';
import { toRow } from '../listing/to-row';
import { labelboxWebhooks } from './webhooks';

/** An export of hours is not given up for a server that asks for fewer calls. */
const LISTING_TRIES = 8;

export const tools: PlatformTools = {
  urlVariable: 'LABELBOX_GRAPHQL_URL',
  apiKeyVariable: 'LABELBOX_API_KEY',
  webhooks: ({ url, ...settings }) => labelboxWebhooks({ ...settings, endpoint: url.value }),
  listing: ({ url, ...settings }, { requestsPerSecond = 10 } = {}) =>
    labelboxListing({
      ...settings,
      endpoint: url.value,
      pace: paceCalls(requestsPerSecond),
      tries: LISTING_TRIES,
    }),
  listingOfFile: (path) =>
    fileListing(path, {
      projectsOf: ({ projects }) => Object.keys(asObject(projects) ?? {}),
      toRow,
    }),
  rowWebhooksByHand: (url) =>
    `webhooks of version 2 are made in the app of Labelbox alone, under Workspace settings, Webhooks, or in the settings of each project: see there that each is active, has all topics, and sends to ${url}`,
  // https://docs.labelbox.com/docs/webhooks
  wantsHttps: true,
  wantsProject: false,
  giveSecret: (url) => [
    `Under Workspace settings, Webhooks, and in the settings of each project that has its own, create a webhook to ${url} with the new secret and the topics of the old one. Webhooks of version 2 are there alone.`,
    'Switch the old webhooks off, each when the new one stands.',
    'Where Labelbox starts trainings here, give the new secret to its model training integration.',
  ],
  alsoByHand:
    'webhooks of version 2 and the model training integration are in the app of Labelbox alone: give them the new secret there',
  twoVersions: {
    why: 'if one is of version 1 and one of version 2, workers count each label twice',
    fix: 'look in the app of Labelbox, whose API does not tell versions, and keep one: docs/workers.md#labelbox-v1-or-v2',
  },
  neededTopics: ['LABEL_CREATED', 'LABEL_UPDATED', 'LABEL_DELETED'],
};
