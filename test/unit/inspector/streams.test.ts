import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { DeliveryRow } from '../../../lib/inspector/delivery';
import { Ring } from '../../../lib/inspector/ring';
import { Streams } from '../../../lib/inspector/streams';

const ROW: Omit<DeliveryRow, 'n'> = {
  at: '2026-01-01T00:00:00.000Z',
  source: 'labelbox',
  topics: [],
  events: 0,
  verdict: 'pending',
};

afterEach(() => {
  jest.useRealTimers();
});

/** A page whose connection is full until it has drained. */
class SlowPage extends EventEmitter {
  readonly texts: string[] = [];
  isFull = false;

  writeHead(): void {}

  end(): void {}

  write(text: string): boolean {
    this.texts.push(text);
    return !this.isFull;
  }

  drain(): void {
    this.isFull = false;
    this.emit('drain');
  }

  /** The places of the rows that it got, in their order. */
  get rows(): number[] {
    return this.texts.flatMap((text) => {
      const [, data = '[]'] = /^event: rows\ndata: (.*)$/m.exec(text) ?? [];
      return (JSON.parse(data) as DeliveryRow[]).map(({ n }) => n);
    });
  }
}

test('a page that does not read makes the server keep no more rows than the ring has', () => {
  jest.useFakeTimers();
  const ring = new Ring({ rows: 5, bytes: 100_000, events: 3 });
  const streams = new Streams(ring, 'one');
  const page = new SlowPage();
  const add = () => ring.add(ROW, { headers: [], events: [] });
  streams.open(page as unknown as ServerResponse);
  page.isFull = true;
  const first = add();
  jest.advanceTimersByTime(200);
  expect(page.rows).toEqual([1]);
  for (let count = 2; count <= 20; count++) add();
  ring.change(first, { verdict: 'accepted' });
  jest.advanceTimersByTime(1_000);
  expect(page.rows).toEqual([1]);
  page.drain();
  // The newest five, and the old one that changed after it had left.
  expect(page.rows).toEqual([1, 16, 17, 18, 19, 20, 1]);
  streams.stop();
});
