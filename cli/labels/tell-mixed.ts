import type { MixedProject } from '../../lib/label-store/mixed-versions';
import { say } from '../terminal/print';

export const describeMixed = ({ source, project }: MixedProject): string =>
  `the project ${project} of ${source} has labels from webhooks of version 1 and of version 2: each label may be there twice`;

/** Reports projects whose labels are in the store in two forms. */
export function tellMixed(mixed: readonly MixedProject[]): void {
  for (const each of mixed) say(`warning: ${describeMixed(each)}`);
  if (mixed.length > 0) say('docs/datasets.md says how to keep one of them');
}
