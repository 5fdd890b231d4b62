import type { LabelStore } from '../../../lib/label-store/label-store';
import { type MixedProject, MixedVersions } from '../../../lib/label-store/mixed-versions';
import { splitKey } from '../../../lib/label-store/read-state';
import { labelStoreAt } from '../../aws/label-store-at';
import { describeMixed } from '../../labels/tell-mixed';
import type { Check } from '../check';
import { ok, skipped, warning } from '../finding';

/** Whether a project has labels of two versions of webhooks. */
export const labels: Check = async ({ deployment }) => {
  const { config } = deployment;
  if (!config.hasLabelStore) return [skipped('labels', 'the label store is switched off')];
  const mixed = await findMixed(labelStoreAt(config));
  if (mixed.length === 0) return [ok('labels', 'no label is in the store in two forms')];
  const fix = 'keep one of the two webhooks: docs/datasets.md';
  return mixed.map((each) => warning('labels', describeMixed(each), fix));
};

/** Only projects that ever had both are read. */
async function findMixed(store: LabelStore): Promise<MixedProject[]> {
  const found: MixedProject[] = [];
  for (const { project, forms } of await store.projects()) {
    if (forms.length < 2) continue;
    const { source, subject } = splitKey(project);
    const mixed = new MixedVersions();
    for await (const label of store.list({ source, project: subject.slice('project/'.length) })) {
      mixed.see(label);
      if (mixed.found.length > 0) break;
    }
    found.push(...mixed.found);
  }
  return found;
}
