import { LabelrelayError } from '../../../errors';
import { fileListing } from '../../../webhook-api/file-listing';
import { paceCalls } from '../../../webhook-api/pace-calls';
import type { Given, PlatformTools } from '../../../webhook-api/platform-tools';
import { exportShape } from '../listing/export-shape';
import { labelStudioListing } from '../listing/listing';
import { PRIVATE_ADDRESS_FIX } from './private-address-fix';
import { labelStudioWebhooks } from './webhooks';

/** A list of hours is not given up for a server that restarts, or asks for fewer calls. */
const LISTING_TRIES = 8;

export const tools: PlatformTools = {
  urlVariable: 'LABEL_STUDIO_URL',
  apiKeyVariable: 'LABEL_STUDIO_API_KEY',
  webhooks: ({ url, ...settings }) => labelStudioWebhooks({ ...settings, url: addressOf(url) }),
  listing: ({ url, ...settings }, { requestsPerSecond = 10 } = {}) =>
    labelStudioListing({
      ...settings,
      url: addressOf(url),
      pace: paceCalls(requestsPerSecond),
      tries: LISTING_TRIES,
    }),
  listingOfFile: (path) => fileListing(path, exportShape),
  wantsHttps: false,
  wantsProject: true,
  privateAddress: {
    why: 'Label Studio 1.23.1 and newer send nothing there, and say so only in their own log',
    fix: PRIVATE_ADDRESS_FIX,
  },
  giveSecret: (url) => [
    `In each project, under Settings, Webhooks, open the webhook to ${url}, and change its header Authorization to "Bearer <new secret>" (or X-Webhook-Secret, where it has that).`,
    'Where the project has this receiver under Settings, Model, change the password of that connection.',
    'See that each webhook is still active: refused deliveries may have switched it off.',
  ],
  alsoByHand:
    'the password of a connection under Settings, Model, is in the app of Label Studio alone: change it there',
  neededTopics: ['ANNOTATION_CREATED', 'ANNOTATION_UPDATED', 'ANNOTATIONS_DELETED'],
};

/** @throws LabelrelayError `usage` */
function addressOf({ variable, value: url }: Given): string {
  if (url && /^https?:\/\/./.test(url) && URL.canParse(url)) return url;
  const message = `expected ${variable} to be its address, such as https://app.example.com, got ${url ?? 'nothing'}`;
  throw new LabelrelayError('usage', message);
}
