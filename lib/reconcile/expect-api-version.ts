import { LabelrelayError } from '../errors';
import type { ProjectEntry } from '../label-store/ports';
import type { PlatformTools } from '../webhook-api/platform-tools';

/**
 * The API makes webhooks of one version. Where webhooks of another version tell of labels, one more would tell of them twice.
 *
 * @param projects those in the label store
 * @param webhook the source and the URL of the webhook
 * @throws LabelrelayError `refused`
 */
export function expectApiVersion(
  { rowWebhooksByHand }: Pick<PlatformTools, 'rowWebhooksByHand'>,
  projects: readonly ProjectEntry[],
  { source, url }: { readonly source: string; readonly url: string },
): void {
  const row = projects.find(
    ({ project, forms }) => project.startsWith(`/${source}/`) && forms.includes('row'),
  );
  if (!rowWebhooksByHand || !row) return;
  const id = row.project.slice(row.project.lastIndexOf('/') + 1);
  const message = `expected no labels of version 2 in the store, got some of project ${id}: ${rowWebhooksByHand(url)}`;
  throw new LabelrelayError('refused', message);
}
