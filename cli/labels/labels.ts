import { group } from '../command/group';
import { exportLabels } from './export';
import { list } from './list';
import { show } from './show';

/** `labelrelay labels` */
export const labels = group(
  'labels',
  'Labels in their newest state, and data sets of them',
  [list, show, exportLabels],
  [
    ['labelrelay labels list --stage prod', 'every label'],
    ['labelrelay labels export --format coco --out data', 'a data set to train on'],
  ],
);
