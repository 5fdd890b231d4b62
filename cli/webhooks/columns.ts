import type { Webhook } from '../../lib/webhook-api/webhook-api';
import type { Column } from '../terminal/table';

export const COLUMNS: readonly Column<Webhook>[] = [
  { head: 'ID', value: ({ id }) => id },
  { head: 'STATUS', value: ({ status }) => status },
  { head: 'PROJECT', value: ({ project }) => project ?? 'all', shrinks: true },
  {
    head: 'TOPICS',
    value: ({ topics }) => (topics === 'all' ? topics : topics.join(',')),
    shrinks: true,
  },
  { head: 'URL', value: ({ url }) => url, shrinks: true },
];
