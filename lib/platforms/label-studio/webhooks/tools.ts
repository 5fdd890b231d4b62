import { LabelrelayError } from '../../../errors';
import type { PlatformTools } from '../../../webhook-api/platform-tools';
import { PRIVATE_ADDRESS_FIX } from './private-address-fix';
import { labelStudioWebhooks } from './webhooks';

export const tools: PlatformTools = {
  apiKeyVariable: 'LABEL_STUDIO_API_KEY',
  webhooks(settings) {
    const { LABEL_STUDIO_URL: url } = process.env;
    if (url && /^https?:\/\/./.test(url) && URL.canParse(url))
      return labelStudioWebhooks({ ...settings, url });
    const message = `expected LABEL_STUDIO_URL to be its address, such as https://app.example.com, got ${url ?? 'nothing'}`;
    throw new LabelrelayError('usage', message);
  },
  wantsHttps: false,
  wantsProject: true,
  privateAddress: {
    why: 'Label Studio 1.23.1 and newer send nothing there, and say so only in their own log',
    fix: PRIVATE_ADDRESS_FIX,
  },
  neededTopics: ['ANNOTATION_CREATED', 'ANNOTATION_UPDATED', 'ANNOTATIONS_DELETED'],
};
