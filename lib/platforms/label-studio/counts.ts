import type { ProjectData } from '../../events/types';
import { asNumber, type JsonObject, unlessEmpty } from '../../json/read';

/** The counts of a project. */
export const toCounts = (
  project: JsonObject | undefined,
): NonNullable<ProjectData['project']>['counts'] =>
  unlessEmpty({
    tasks: asNumber(project?.task_number),
    finishedTasks: asNumber(project?.finished_task_number),
    annotations: asNumber(project?.total_annotations_number),
    skipped: asNumber(project?.skipped_annotations_number),
    predictions: asNumber(project?.total_predictions_number),
    groundTruth: asNumber(project?.ground_truth_number),
  });
