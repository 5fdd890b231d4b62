import { createWorker, dynamoMarks, type EventOf, inOrder, lambdaWorker } from 'labelrelay/worker';

/** How many boxes of each class every label has. */
const boxes = new Map<string, Record<string, number>>();

const count = ({ data }: EventOf<'label.created' | 'label.updated'>) => {
  for (const { id = '', annotations = [] } of data.labels ?? []) {
    const counts: Record<string, number> = {};
    for (const { kind, name = 'none' } of annotations) {
      if (kind === 'bbox') counts[name] = (counts[name] ?? 0) + 1;
    }
    boxes.set(id, counts);
  }
};

const forget = ({ data }: EventOf<'label.deleted'>) => {
  for (const { id = '' } of data.labels ?? []) boxes.delete(id);
};

const worker = createWorker(
  { 'label.created': count, 'label.updated': count, 'label.deleted': forget },
  { guard: inOrder(dynamoMarks({ table: 'label-marks' })) },
);

export const handler = lambdaWorker(worker);
