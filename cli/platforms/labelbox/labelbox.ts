import type { PlatformTools } from '../platform-tools';
import { labelboxWebhooks } from './labelbox-webhooks';

export const labelbox: PlatformTools = {
  apiKeyVariable: 'LABELBOX_API_KEY',
  webhooks: (settings) =>
    labelboxWebhooks({ ...settings, endpoint: process.env.LABELBOX_GRAPHQL_URL }),
  // https://docs.labelbox.com/docs/webhooks
  wantsHttps: true,
  neededTopics: ['LABEL_CREATED', 'LABEL_UPDATED', 'LABEL_DELETED'],
  harmless: { method: 'GET', path: 'models', body: '' },
};
