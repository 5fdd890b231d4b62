import { LabelrelayError } from '../../lib/errors';
import type { LabelStore } from '../../lib/label-store/label-store';
import { expectLabelStore, labelStoreAt } from '../aws/label-store-at';
import type { Globals } from '../command/globals';
import { type Deployment, sourceOf } from '../deployment/deployment';
import { findDeployment } from '../deployment/find-deployment';

/** The label store that a command reads. */
export interface OpenedStore {
  readonly store: LabelStore;
  readonly deployment: Deployment;
}

/**
 * @param source the name of a source that the command names
 * @throws LabelrelayError `not-found` if there is no label store, or no such source
 */
export async function openLabelStore(globals: Globals, source?: string): Promise<OpenedStore> {
  const deployment = await findDeployment(globals);
  const { config } = deployment;
  if (!config.hasLabelStore) {
    const message = 'expected a label store, got none: it is switched off in this deployment';
    throw new LabelrelayError('not-found', message);
  }
  if (source !== undefined) sourceOf(deployment, source);
  const store = labelStoreAt(config);
  await expectLabelStore(store, config.labelStoreTable);
  return { store, deployment };
}
