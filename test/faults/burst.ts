import { createHash } from 'node:crypto';
import { SECRET, type StartedLambda } from '../support/faces';
import { drain, listObjects, readObject } from '../support/read-queues';
import { type Sent, send, sign } from '../support/send';

/** The result of a burst of deliveries. */
export interface Outcome {
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
  readonly unavailable: number;
  /** Wrong answers. */
  readonly wrong: readonly string[];
  /** Events that are in no queue although the answer was 202. */
  readonly lost: number;
  /** Events in a queue that come from no authentic delivery. */
  readonly forged: number;
  /** Deliveries that are still held although everything works. */
  readonly stuck: number;
}

interface Planned {
  readonly name: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly isAuthentic: boolean;
  /** Each event by its queue and a mark in its data. */
  readonly events: readonly string[];
}

const QUEUES = ['workflow-action', 'audit', 'task-created', 'unrecognized'];
/** The deliveries of each kind in a burst. Two make eight calls of each service and more. */
const ROUNDS = process.env.PROPERTY_RUNS ? 3 : 2;
/** Some deliveries have data of this many characters, above the threshold of the claim check. */
const LARGE = 6_000;

let bursts = 0;

/** Deliveries of both platforms, small and large, of one event and of many, authentic and not. */
function plan(): Planned[] {
  const burst = ++bursts;
  const deliveries: Planned[] = [];
  const add = (kind: string, isAuthentic: boolean, rest: Omit<Planned, 'name' | 'isAuthentic'>) =>
    deliveries.push({ name: `${kind} ${deliveries.length}`, isAuthentic, ...rest });

  for (let round = 0; round < ROUNDS; round++) {
    const mark = `${burst}.${round}`;
    for (const size of [0, LARGE]) {
      const rows = Array.from({ length: 3 }, (_, row) => `row-${mark}-${size}-${row}`);
      const move = { action: 'x'.repeat(size + 1), projectId: 'p', dataRowIds: rows };
      const body = JSON.stringify(move);
      const path = '/webhooks/labelbox';
      const events = rows.flatMap((row) => [`workflow-action ${row}`, `audit ${row}`]);
      add('labelbox', true, { path, headers: { 'x-hub-signature': sign(body) }, body, events });
      const forged = body.replaceAll('row-', 'forged-');
      add('labelbox forged', false, {
        path,
        headers: { 'x-hub-signature': sign(forged, 'guess') },
        body: forged,
        events: [],
      });
      add('labelbox unsigned', false, { path, headers: {}, body: forged, events: [] });
    }
    const tasks = Array.from({ length: 2 }, (_, task) => ({ id: `task-${mark}-${task}` }));
    const body = JSON.stringify({ action: 'TASKS_CREATED', tasks, project: { id: 1 } });
    const path = '/webhooks/label-studio';
    const events = tasks.map(({ id }) => `task-created ${id}`);
    const shown = (secret: string) => ({ authorization: `Bearer ${secret}` });
    add('label-studio', true, { path, headers: shown(SECRET), body, events });
    const forged = body.replaceAll('task-', 'forged-');
    add('label-studio forged', false, { path, headers: shown('guess'), body: forged, events: [] });
  }
  return deliveries;
}

/** Sends a burst while `break` is in force, ends the fault, redelivers, and counts. */
export async function burst(
  lambda: StartedLambda,
  fault: StartedLambda['proxy']['fault'],
): Promise<Outcome> {
  const deliveries = plan();
  lambda.proxy.fault = fault;
  const answers = await Promise.all(
    deliveries.map(({ path, headers, body }) =>
      send(lambda.url, { path, headers, body }).catch(() => undefined),
    ),
  );
  // Redelivery runs during the fault too.
  await lambda.redeliver().catch(() => {});
  lambda.proxy.fault = () => undefined;
  const stuck = await untilNoneIsHeld(lambda);

  const arrived = new Set<string>();
  let forged = 0;
  for (const { queue, event } of await drain(lambda.aws, QUEUES)) {
    const text = event.data ? JSON.stringify(event.data) : '';
    const mark = /(?:row|task)-[\d.-]+/.exec(event.subject ?? text)?.[0];
    if (await hasData(lambda, event)) arrived.add(`${queue} ${mark}`);
    if (/forged/.test((event.subject ?? '') + text)) forged++;
  }
  const promised = deliveries.filter((_, index) => answers[index]?.status === 202);
  return {
    ...count(deliveries, answers),
    lost: promised.flatMap(({ events }) => events).filter((event) => !arrived.has(event)).length,
    forged,
    stuck,
  };
}

/**
 * Redelivers, and again if needed, as the schedule does: on a busy machine a call may take longer than the functions
 * wait for it.
 *
 * @returns the number of deliveries that are still held
 * @throws if the last sweep fails
 */
async function untilNoneIsHeld(lambda: StartedLambda): Promise<number> {
  for (let sweeps = 1; ; sweeps++) {
    const isLast = sweeps === 3;
    try {
      await lambda.redeliver();
      const { length } = await listObjects(lambda.aws, 'held/');
      if (length === 0 || isLast) return length;
    } catch (error) {
      if (isLast) throw error;
    }
  }
}

/** An event whose data cannot be read counts as lost. */
async function hasData(
  { aws }: StartedLambda,
  { data, dataref, datadigest }: { data?: object; dataref: string; datadigest: string },
): Promise<boolean> {
  if (data) return true;
  const bytes = await readObject(aws, dataref).catch(() => Buffer.alloc(0));
  return datadigest === `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function count(deliveries: readonly Planned[], answers: readonly (Sent | undefined)[]) {
  const wrong: string[] = [];
  const totals = { accepted: 0, held: 0, refused: 0, unavailable: 0 };
  deliveries.forEach(({ name, isAuthentic }, index) => {
    const { status, json } = answers[index] ?? {};
    if (status === 202 && json.held) totals.held++;
    else if (status === 202 && isAuthentic) totals.accepted++;
    else if (status === 401 && !isAuthentic) totals.refused++;
    else if (status === 503) totals.unavailable++;
    else wrong.push(`${name}: ${status ?? 'no answer'}`);
  });
  return { ...totals, wrong };
}
