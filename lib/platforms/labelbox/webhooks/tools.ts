import type { PlatformTools } from '../../../webhook-api/platform-tools';
import { labelboxWebhooks } from './webhooks';

export const tools: PlatformTools = {
  apiKeyVariable: 'LABELBOX_API_KEY',
  webhooks: (settings) =>
    labelboxWebhooks({ ...settings, endpoint: process.env.LABELBOX_GRAPHQL_URL }),
  // https://docs.labelbox.com/docs/webhooks
  wantsHttps: true,
  wantsProject: false,
  neededTopics: ['LABEL_CREATED', 'LABEL_UPDATED', 'LABEL_DELETED'],
};
