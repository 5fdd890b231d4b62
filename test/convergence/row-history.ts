import type { AnyEvent } from '../../lib/consume/event';
import { labelbox } from '../../lib/platforms/labelbox/labelbox';
import type { Random } from '../fuzz/random';
import { toEvents } from './to-events';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const SECOND = 1_000;

/** Milliseconds since the start in Labelbox's notation. */
const written = (ms: number): string => new Date(START + ms).toISOString().replace('Z', '+00:00');

/** Labelbox's data about the last activity in a row. */
const ACTIVITIES = {
  exact: (ms: number): object => ({ last_activity_at: written(ms) }),
  'rounded up': (ms: number): object => ({
    last_activity_at: written(Math.ceil(ms / SECOND) * SECOND),
  }),
  absent: (): object => ({}),
};

interface Project {
  /** When the content of each label changed last. */
  readonly labels: Map<string, number>;
  readonly moves: number[];
}

const CHANGES = ['create', 'edit', 'edit', 'delete', 'delete', 'move'] as const;
type Change = (typeof CHANGES)[number];

/** The input of a worker, and its expected final state. */
export interface RowHistory {
  readonly events: AnyEvent[];
  /** The labels of each subject, and when each was changed last. */
  readonly expected: Readonly<Record<string, Record<string, string>>>;
}

/**
 * A random history of the labels of a data row in one or two projects, often within a second. Deliveries get lost,
 * are duplicated and arrive late.
 *
 * No body tells a change of the same second from the deletion before it, and in a row without the
 * time of its last activity no change from a deletion that is received later: neither happens here.
 */
export function makeRowHistory(random: Random): RowHistory {
  const says = random.pick(['exact', 'rounded up', 'absent'] as const);
  const projects = new Map<string, Project>(
    // For a project without labels such a row has no time at all, and so no order.
    ['p', 'q']
      .slice(says === 'absent' ? 1 : random.below(2))
      .map((id) => [id, { labels: new Map(), moves: [] }]),
  );
  const events: AnyEvent[] = [];
  let expected: RowHistory['expected'] = {};
  let now = random.below(SECOND);

  for (let left = 1 + random.below(8); left > 0; left--) {
    const change = makeChange(random, random.pick([...projects.values()]), now);
    const isDeletion = change === 'delete';
    const isPrompt = isDeletion && says === 'absent';
    const receipts = Array.from(
      { length: random.pick([0, 1, 1, 1, 1, 1, 1, 2, 2]) },
      () => now + random.below(random.pick(isPrompt ? [5, 500] : [5, 500, 600 * SECOND])),
    );
    const body = toBody(projects, ACTIVITIES[says](now));
    const headers = { 'x-labelbox-event': EVENT[change] };
    for (const receipt of receipts) {
      const delivered = { body, headers, receiptId: '', receivedAt: START + receipt };
      events.push(...toEvents('labelbox', labelbox, delivered));
    }
    if (receipts.length > 0) expected = toExpected(projects);

    if (isPrompt) now = Math.max(now, ...receipts);
    if (isDeletion) now = Math.floor(now / SECOND + 1) * SECOND;
    now += 1 + random.below(random.pick([5, 400, 3 * SECOND]));
  }
  return { events: random.shuffle(events), expected };
}

function makeChange(random: Random, { labels, moves }: Project, now: number): Change {
  const name = random.pick([...labels.keys()]);
  const wanted = random.pick(CHANGES);
  const change = name === undefined && wanted !== 'move' ? 'create' : wanted;
  if (change === 'create') labels.set(`label-${now}`, now);
  else if (change === 'move') moves.unshift(now);
  else if (change === 'edit') labels.set(name as string, now);
  else labels.delete(name as string);
  return change;
}

const EVENT = {
  create: 'LABEL_CREATED',
  edit: 'LABEL_UPDATED',
  delete: 'LABEL_DELETED',
  move: 'LABEL_UPDATED',
} as const;

const toBody = (projects: ReadonlyMap<string, Project>, activity: object) => ({
  data_row: { id: 'row', details: { dataset_id: 'dataset', ...activity } },
  projects: Object.fromEntries(
    [...projects].map(([id, { labels, moves }]) => [
      id,
      {
        labels: [...labels].map(([label, changed]) => ({
          id: label,
          label_details: {
            // A move touches it too, so that it tells nothing of the content.
            updated_at: written(Math.max(changed, ...moves)),
            content_last_updated_at: written(changed),
          },
          annotations: { classifications: [textAnswer(written(changed))] },
        })),
        project_details: { workflow_history: moves.map((at) => ({ created_at: written(at) })) },
      },
    ]),
  ),
});

const textAnswer = (content: string) => ({ name: 'changed', text_answer: { content } });

const toExpected = (projects: ReadonlyMap<string, Project>): RowHistory['expected'] =>
  Object.fromEntries(
    [...projects].map(([id, { labels }]) => [
      `/labelbox/project/${id}/data-row/row/labels`,
      Object.fromEntries([...labels].map(([label, changed]) => [label, written(changed)])),
    ]),
  );

/** The event in the form of the expected state. */
export const labelsOf = ({ data }: AnyEvent): Record<string, string | undefined> =>
  Object.fromEntries(
    ('labels' in data ? (data.labels ?? []) : []).map(({ id, classifications }) => [
      id,
      classifications?.[0]?.text,
    ]),
  );
