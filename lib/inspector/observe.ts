import { AsyncLocalStorage } from 'node:async_hooks';
import type { Worker } from '../consume/create-worker';
import { Poison } from '../consume/poison';
import { Wait } from '../consume/wait';
import type { Message } from '../events/message';
import type { Source } from '../receive/delivery';
import { findRoute, type Route } from '../receive/http/find-route';
import type { Answer, Receiver, Request } from '../receive/http/http';
import type { Queues, Telemetry } from '../receive/ports';
import type { DeliveryRow, QueueOutcome, Verdict } from './delivery';
import { type EventHead, readHead } from './event-head';
import { explain } from './explain';
import { maskHeaders } from './mask-headers';
import type { Recording } from './recording';
import type { Ring } from './ring';

/** The most of a body that is kept, in bytes. */
const MAX_BODY = 2_097_152;

/** Wraps the parts of a receiver to record what passes through them. They work as before, whatever becomes of a record. */
export interface Observer {
  receiver(receive: Receiver): Receiver;
  /** Goes outside of what lets several deliveries share a call. */
  queues(queues: Queues): Queues;
  telemetry(telemetry: Telemetry): Telemetry;
  /** @param queue the queue whose messages the worker handles */
  worker(queue: string, worker: Worker): Worker;
}

/** Records the deliveries of a receiver in a ring. */
export function observer(ring: Ring, sources: ReadonlyMap<string, Source>): Observer {
  const current = new AsyncLocalStorage<Recording | undefined>();

  return {
    receiver: (receive) => async (request) => {
      const recording = quietly(() => begin(request, ring, sources));
      if (!recording) return receive(request);
      const answer = await current.run(recording, () => receive(request));
      quietly(() => end(recording, answer, ring));
      return answer;
    },

    queues: ({ sendBatch }) => ({
      async sendBatch(queue, messages, signal) {
        const recording = current.getStore();
        const note = (outcome: (message: Message) => QueueOutcome) =>
          quietly(() => {
            for (const message of messages) {
              addEvent(recording, message.body, queue, outcome(message), ring);
            }
          });
        try {
          const refused = await sendBatch(queue, messages, signal);
          note((message) => (refused.includes(message) ? 'not sent' : 'sent'));
          return refused;
        } catch (error) {
          note(() => 'not sent');
          throw error;
        }
      },
    }),

    telemetry: ({ log }) => ({
      log(level, message, fields = {}, metrics) {
        log(level, message, fields, metrics);
        quietly(() => note(current.getStore(), fields, ring, level === 'info'));
      },
    }),

    worker: (queue, worker) => async (body) => {
      const settle = (outcome: QueueOutcome) =>
        quietly(() => {
          const head = readHead(body);
          if (head) ring.settle(head.id, queue, outcome);
        });
      try {
        const verdict = await worker(body);
        settle(verdict);
        return verdict;
      } catch (error) {
        settle(error instanceof Wait ? 'waits' : error instanceof Poison ? 'dead letter' : 'retry');
        throw error;
      }
    },
  };
}

/** A failure to record must never disturb receiving. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Questions are not recorded: load balancers and platforms repeat them. */
const QUESTION = /^(GET|HEAD|OPTIONS)$/;

function begin(
  request: Request,
  ring: Ring,
  sources: ReadonlyMap<string, Source>,
): Recording | undefined {
  if (QUESTION.test(request.method)) return undefined;
  const route = routeOf(request, sources);
  const source = route && route.to !== 'health' ? route.source : undefined;
  const { headers, path, receivedAt } = request;
  // The body of a question of a training integration carries a token of a user.
  const { kept, note, bytes } =
    route?.to === 'delivery' ? recordBody(request.body) : { note: NO_BODY, bytes: undefined };
  return ring.add(
    {
      at: receivedAt.toISOString(),
      source: source?.name ?? '',
      path: pathToShow(path),
      topics: [],
      events: 0,
      bytes,
      verdict: 'pending',
    },
    { headers: maskHeaders(headers, source?.platform), body: kept, events: [] },
    { platform: source?.platform, note },
  );
}

const NO_BODY = 'The body of such a request may hold a token, so it is never kept.';

function routeOf(request: Request, sources: ReadonlyMap<string, Source>): Route | undefined {
  try {
    return findRoute(request, sources);
  } catch {
    return undefined;
  }
}

function recordBody(body: Request['body']): { kept?: Uint8Array; note?: string; bytes?: number } {
  if (body === 'too-large') return { note: 'The body was too large to be read.' };
  const bytes = 'text' in body ? Buffer.from(body.text) : body;
  if (bytes.length <= MAX_BODY) return { kept: Uint8Array.from(bytes), bytes: bytes.length };
  return {
    kept: Uint8Array.from(bytes.subarray(0, MAX_BODY)),
    bytes: bytes.length,
    note: `Only the first ${MAX_BODY / 1_048_576} MiB are kept.`,
  };
}

/** The rest of an unknown path may be anything, such as a secret. The last part that is shown is an endpoint. */
const pathToShow = (path: string): string =>
  /^\/(?:[a-z]{1,16}(?:\/[a-z0-9-]{1,32}(?:\/[a-z_]{1,12})?(?=\/|$))?)?/.exec(path)?.[0] ?? '/';

function end(recording: Recording, { status, body }: Answer, ring: Ring): void {
  const { at } = recording.row;
  const ms = Math.max(0, Date.now() - Date.parse(at));
  const { id } = JSON.parse(body) as { id?: string };
  ring.change(recording, {
    status,
    verdict: verdictOf(status, body),
    id: id ?? recording.row.id,
    ms: recording.row.ms ?? ms,
  });
}

function verdictOf(status: number, body: string): Verdict {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'rejected';
  if (status === 200) return 'answered';
  return (JSON.parse(body) as { held?: boolean }).held ? 'held' : 'accepted';
}

/** The members of a log line that describe a delivery. */
interface Told {
  readonly id?: string;
  readonly ms?: number;
  readonly source?: string;
  readonly heldFor?: unknown;
  readonly error?: unknown;
  readonly key?: string;
}

/** @param isDone whether the line tells of a success */
function note(
  recording: Recording | undefined,
  { id, ms, heldFor, error }: Told,
  ring: Ring,
  isDone: boolean,
): void {
  if (recording?.row.verdict === 'pending') {
    const why = explain(heldFor ?? error) ?? recording.row.why;
    ring.change(recording, { ms: ms ?? recording.row.ms, id: id ?? recording.row.id, why });
    return;
  }
  // Redelivery tells of a held delivery. It begins within the request if it need not wait for a sweep.
  const isHeld = ({ row }: Recording): boolean => row.id === id && row.verdict === 'held';
  const held = recording && isHeld(recording) ? recording : ring.find(isHeld);
  if (id === undefined || !held) return;
  if (isDone) ring.change(held, { verdict: 'accepted', why: 'It was held before.' });
  else ring.change(held, { why: explain(error) ?? held.row.why });
}

/** @param recording the delivery of the event; undefined if none is known */
function addEvent(
  recording: Recording | undefined,
  message: string,
  queue: string,
  outcome: QueueOutcome,
  ring: Ring,
): void {
  const head = readHead(message);
  if (!head) return;
  const { source, recordedtime } = head;
  const isFrom = ({ row }: Recording): boolean => row.source === source && row.at === recordedtime;
  const of = recording ?? ring.find(isFrom) ?? ring.add(rowOf(head), { headers: [], events: [] });
  ring.addEvent(of, head, message, queue, outcome);
}

/** The line of an event that came without a delivery. */
export const rowOf = ({ source, recordedtime, recovered }: EventHead): Omit<DeliveryRow, 'n'> => ({
  at: recordedtime ?? new Date().toISOString(),
  source,
  topics: [],
  events: 0,
  verdict: 'observed',
  why: recovered ? 'Reconciliation found it.' : undefined,
});
