import { buildEvent } from '../../lib/testing/build-event';

const EVENTS = 2_000;

const box = (index: number): object => ({
  id: `annotation-${index}`,
  name: 'vehicle',
  kind: 'bbox' as const,
  bbox: [index, 10, 20.5, 30.25],
  classifications: [],
});

/** Messages of about 4 KB for a worker, each with a label and its boxes. */
export const makeWorkerEvents = (): string[] =>
  Array.from({ length: EVENTS }, (_, index) => {
    const annotations = Array.from({ length: 38 }, (_, place) => box(place));
    const event = buildEvent(
      'label.updated',
      { labels: [{ id: String(index), annotations }] } as object,
      { subject: `label/${index}`, sequence: '2026-01-01T00:00:00.000000Z-1' },
    );
    return JSON.stringify(event);
  });
