import { useEffect, useState } from 'preact/hooks';
import type { DeliveryRow } from '../lib/inspector/delivery';

/** As many rows as the server keeps. */
const MAX_ROWS = 10_000;

export interface Feed {
  /** The newest first. */
  readonly rows: readonly DeliveryRow[];
  readonly isConnected: boolean;
  /** Whether the first rows have come, or there are none. */
  readonly isKnown: boolean;
}

/** The deliveries as they arrive. */
export function useFeed(): Feed {
  const [feed, setFeed] = useState<Feed>({ rows: [], isConnected: false, isKnown: false });
  useEffect(() => {
    const rows = new Map<number, DeliveryRow>();
    let instance: unknown;
    let drawing: number | undefined;
    const source = new EventSource('/inspector/api/stream');
    const show = () => {
      drawing = undefined;
      const sorted = [...rows.values()].sort((one, other) => other.n - one.n);
      for (const { n } of sorted.splice(MAX_ROWS)) rows.delete(n);
      setFeed({ rows: sorted, isConnected: source.readyState === EventSource.OPEN, isKnown: true });
    };
    const soon = () => {
      drawing ??= requestAnimationFrame(show);
    };
    source.addEventListener('instance', ({ data }) => {
      // Another server has other deliveries.
      if (instance !== undefined && instance !== data) rows.clear();
      instance = data;
      soon();
    });
    source.addEventListener('rows', ({ data }) => {
      for (const row of JSON.parse(data) as DeliveryRow[]) rows.set(row.n, row);
      soon();
    });
    source.addEventListener('error', soon);
    return () => {
      source.close();
      if (drawing !== undefined) cancelAnimationFrame(drawing);
    };
  }, []);
  return feed;
}
