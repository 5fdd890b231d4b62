import { useEffect, useState } from 'preact/hooks';
import type { DeliveryRow } from '../lib/inspector/delivery';

/** As many rows as the server keeps. */
const MAX_ROWS = 10_000;
/** The time until a stream that the server refused is asked for again. */
const RETRY_MS = 3_000;

export interface Feed {
  /** The newest first. */
  readonly rows: readonly DeliveryRow[];
  /** False once a connection was lost or refused, until there is another. */
  readonly isConnected: boolean;
  /** Whether the first rows have come, or there are none. */
  readonly isKnown: boolean;
}

/** The deliveries as they arrive. */
export function useFeed(): Feed {
  const [feed, setFeed] = useState<Feed>({ rows: [], isConnected: true, isKnown: false });
  useEffect(() => {
    const rows = new Map<number, DeliveryRow>();
    let instance: string | undefined;
    let drawing: number | undefined;
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      drawing = undefined;
      const sorted = [...rows.values()].sort((one, other) => other.n - one.n);
      for (const { n } of sorted.splice(MAX_ROWS)) rows.delete(n);
      const isConnected = source?.readyState === EventSource.OPEN;
      setFeed({ rows: sorted, isConnected, isKnown: instance !== undefined });
    };
    const soon = () => {
      drawing ??= requestAnimationFrame(show);
    };
    const close = () => {
      clearTimeout(retry);
      source?.close();
      source = undefined;
    };
    const open = () => {
      close();
      // A browser has six connections to a server for all of its tabs. Those that nobody sees leave theirs to others.
      if (document.hidden) return;
      source = new EventSource('/inspector/api/stream');
      source.addEventListener('instance', ({ data }) => {
        // Another server has other deliveries.
        if (instance !== undefined && instance !== data) rows.clear();
        instance = data as string;
        soon();
      });
      source.addEventListener('rows', ({ data }) => {
        for (const row of JSON.parse(data) as DeliveryRow[]) rows.set(row.n, row);
        soon();
      });
      source.addEventListener('error', () => {
        soon();
        // The browser tries again by itself, unless the server refused.
        if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
      });
    };
    open();
    document.addEventListener('visibilitychange', open);
    return () => {
      close();
      document.removeEventListener('visibilitychange', open);
      if (drawing !== undefined) cancelAnimationFrame(drawing);
    };
  }, []);
  return feed;
}
