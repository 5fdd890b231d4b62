import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<T> {
  readonly items: readonly T[];
  /** The height of every row, in pixels. */
  readonly height: number;
  readonly keyOf: (item: T) => number;
  readonly render: (item: T, at: number) => ComponentChildren;
  /** The item that must be visible. */
  readonly wanted?: number;
  readonly label: string;
  /** Is called with whether the list is at its beginning. */
  readonly onTop: (isAtTop: boolean) => void;
}

/** Rows that are drawn beyond both ends. */
const SPARE = 12;

/** A list of which only the visible rows are in the document. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, height, keyOf, render, wanted, label, onTop } = props;
  const box = useRef<HTMLElement>(null);
  const [place, setPlace] = useState({ top: 0, room: 800 });
  const measure = () => {
    const { scrollTop: top = 0, clientHeight: room = 800 } = box.current ?? {};
    setPlace((before) => (before.top === top && before.room === room ? before : { top, room }));
    onTop(top <= 0);
  };
  useLayoutEffect(measure, [items.length === 0]);
  useEffect(() => {
    const seen = new ResizeObserver(measure);
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  useEffect(() => {
    const at = items.findIndex((item) => keyOf(item) === wanted);
    const shown = box.current;
    if (at < 0 || !shown) return;
    const top = at * height;
    if (top < shown.scrollTop) shown.scrollTop = top;
    else if (top + height > shown.scrollTop + shown.clientHeight) {
      shown.scrollTop = top + height - shown.clientHeight;
    }
  }, [wanted]);

  const first = Math.max(0, Math.floor(place.top / height) - SPARE);
  const last = Math.min(items.length, Math.ceil((place.top + place.room) / height) + SPARE);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached with the keyboard
    <section class="virtual" ref={box} onScroll={measure} tabIndex={0} aria-label={label}>
      <ol style={{ height: `${items.length * height}px` }}>
        {items.slice(first, last).map((item, index) => (
          <li
            key={keyOf(item)}
            style={{ top: `${(first + index) * height}px`, height: `${height}px` }}
            aria-setsize={items.length}
            aria-posinset={first + index + 1}
          >
            {render(item, first + index)}
          </li>
        ))}
      </ol>
    </section>
  );
}
