import { LabelrelayError } from '../../../lib/errors';
import type { PlatformTools } from '../platform-tools';
import { labelStudioWebhooks } from './label-studio-webhooks';

export const labelStudio: PlatformTools = {
  apiKeyVariable: 'LABEL_STUDIO_API_KEY',
  webhooks(settings) {
    const { LABEL_STUDIO_URL: url } = process.env;
    if (url && /^https?:\/\/./.test(url) && URL.canParse(url))
      return labelStudioWebhooks({ ...settings, url });
    const message = `expected LABEL_STUDIO_URL to be its address, such as https://app.example.com, got ${url ?? 'nothing'}`;
    throw new LabelrelayError('usage', message);
  },
  wantsHttps: false,
  neededTopics: ['ANNOTATION_CREATED', 'ANNOTATION_UPDATED', 'ANNOTATIONS_DELETED'],
  harmless: { method: 'POST', path: 'setup', body: '{}' },
};
