import type { ServerResponse } from 'node:http';
import { LabelrelayError } from '../errors';
import type { DeliveryRow } from './delivery';
import type { Ring } from './ring';
import { securityHeaders } from './security-headers';

/** How many pages are shown at once. */
const MAX_STREAMS = 8;
/** Rows are sent together so often: a flood of deliveries must not become a flood of messages. */
const EVERY_MS = 150;
const MAX_ROWS = 500;
/** Keeps the connection open where something closes idle ones. */
const ALIVE_MS = 15_000;

interface Stream {
  readonly response: ServerResponse;
  /** The rows to send, each in its newest form: never more than the ring has. */
  readonly rows: Map<number, DeliveryRow>;
  isBlocked: boolean;
}

/** Sends the rows of a ring to pages as server-sent events. A page that reads slowly misses intermediate states alone. */
export class Streams {
  readonly #streams = new Set<Stream>();
  readonly #stopListening: () => void;
  readonly #flushing: NodeJS.Timeout;
  readonly #greeting: NodeJS.Timeout;

  /** @param instance tells a page that has connected again whether its rows are still those of this ring */
  constructor(
    private readonly ring: Ring,
    private readonly instance: string,
  ) {
    this.#stopListening = ring.listen((row) => {
      for (const { rows } of this.#streams) {
        rows.set(row.n, row);
        // It has left the ring: a page that does not read must not keep it.
        rows.delete(row.n - ring.most);
      }
    });
    this.#flushing = setInterval(() => {
      for (const stream of this.#streams) flush(stream);
    }, EVERY_MS).unref();
    this.#greeting = setInterval(() => {
      for (const { response } of this.#streams) response.write(': alive\n\n');
    }, ALIVE_MS).unref();
  }

  /** @throws LabelrelayError `takes-long` if there are too many */
  open(response: ServerResponse): void {
    if (this.#streams.size >= MAX_STREAMS) {
      throw new LabelrelayError(
        'takes-long',
        `expected at most ${MAX_STREAMS} open pages, got more`,
      );
    }
    response.writeHead(200, { ...securityHeaders(false), 'content-type': 'text/event-stream' });
    response.write(`event: instance\ndata: ${JSON.stringify(this.instance)}\n\n`);
    const rows = new Map(this.ring.rows().map((row) => [row.n, row]));
    const stream: Stream = { response, rows, isBlocked: false };
    this.#streams.add(stream);
    response.once('close', () => this.#streams.delete(stream));
    response.on('error', () => {});
    flush(stream);
  }

  stop(): void {
    clearInterval(this.#flushing);
    clearInterval(this.#greeting);
    this.#stopListening();
    for (const { response } of this.#streams) response.end();
  }
}

/** Writes waiting rows while the page reads. */
function flush(stream: Stream): void {
  const { response, rows } = stream;
  while (rows.size > 0 && !stream.isBlocked) {
    const batch: DeliveryRow[] = [];
    for (const [n, row] of rows) {
      batch.push(row);
      rows.delete(n);
      if (batch.length === MAX_ROWS) break;
    }
    if (response.write(`event: rows\ndata: ${JSON.stringify(batch)}\n\n`)) continue;
    stream.isBlocked = true;
    response.once('drain', () => {
      stream.isBlocked = false;
      flush(stream);
    });
  }
}
