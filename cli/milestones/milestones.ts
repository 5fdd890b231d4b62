import { group } from '../command/group';
import { fire } from './fire';
import { list } from './list';

/** `labelrelay milestones` */
export const milestones = group(
  'milestones',
  'Rules that tell that enough has changed',
  [list, fire],
  [
    ['labelrelay milestones list --stage prod', 'rules, and when each may fire'],
    ['labelrelay milestones fire retrain --project 7', 'fire one now'],
  ],
);
