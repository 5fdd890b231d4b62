import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { About } from '../lib/inspector/api';
import type { DeliveryRow } from '../lib/inspector/delivery';
import { DeliveryView } from './delivery-view';
import { EmptyDeliveries } from './empty-deliveries';
import type { Feed } from './feed';
import { useKeys } from './keys';
import { VerdictMark } from './parts';
import { linkTo, type Route, replaceWith } from './route';
import { Tools } from './tools';
import { useNarrow } from './use-narrow';
import { VirtualList } from './virtual-list';
import { bytesIn, msIn, plural, timeOf } from './words';

interface DeliveriesProps {
  readonly feed: Feed;
  readonly about: About;
  readonly route: Route;
  readonly pictures: boolean;
}

/** The deliveries as they arrive, and the one that was chosen. */
export function DeliveriesView({ feed, about, route, pictures }: DeliveriesProps) {
  const { rows, isConnected, isKnown } = feed;
  const [, chosen] = route.path;
  const n = chosen === undefined ? undefined : Number(chosen);
  const filter = Object.fromEntries(route.query);
  const [isPaused, setPaused] = useState(false);
  const [isAtTop, setAtTop] = useState(true);
  const isNarrow = useNarrow();
  const search = useRef<HTMLInputElement>(null);
  /** Newer rows than this wait while somebody reads. */
  const [seen, setSeen] = useState<number>();
  const isReading = isPaused || !isAtTop || n !== undefined;
  const newest = rows[0]?.n ?? 0;
  const hasRows = newest > 0;
  useEffect(() => setSeen(isReading && hasRows ? newest : undefined), [isReading, hasRows]);
  const found = useMemo(() => rows.filter(fits(filter)), [rows, route.query.toString()]);
  const shown = seen === undefined ? found : found.filter((row) => row.n <= seen);
  const waiting = found.length - shown.length;
  const at = shown.findIndex((row) => row.n === n);
  const link = (to?: DeliveryRow) => linkTo(to ? ['deliveries', to.n] : ['deliveries'], filter);
  const go = (to?: DeliveryRow) => {
    if (!to) return;
    // Only the first step is one to go back from.
    if (n === undefined) location.hash = link(to);
    else replaceWith(link(to));
  };
  const change = (values: Record<string, string>) =>
    replaceWith(linkTo(route.path, { ...filter, ...values }));
  useKeys({
    j: () => go(shown[at + 1]),
    k: () => go(shown[at < 0 ? 0 : at - 1]),
    '/': () => search.current?.focus(),
    Escape: () => {
      if (n !== undefined) location.hash = link();
    },
  });

  const showNew = () => {
    setSeen(isReading ? newest : undefined);
    document.querySelector('.virtual')?.scrollTo(0, 0);
  };
  const isEmpty = isKnown && rows.length === 0;
  return (
    <div class={`deliveries ${n === undefined ? '' : 'has-chosen'}`}>
      <section class="list" aria-label="Deliveries">
        <Tools
          filter={filter}
          change={change}
          sources={about.sources.map(({ name }) => name)}
          isPaused={isPaused}
          pause={() => setPaused(!isPaused)}
          search={search}
        >
          {plural(shown.length, 'row')}
          {!isConnected && ' – not connected, trying again'}
        </Tools>
        {waiting > 0 && (
          <button type="button" class="new" onClick={showNew}>
            {`${waiting.toLocaleString()} new`}
          </button>
        )}
        {isEmpty && <EmptyDeliveries about={about} />}
        {rows.length > 0 && shown.length === 0 && waiting === 0 && (
          <p class="empty">
            No delivery fits. <a href={linkTo(['deliveries'])}>Show all</a>
          </p>
        )}
        <VirtualList
          label="Rows"
          items={shown}
          height={isNarrow ? 62 : 34}
          keyOf={(row) => row.n}
          wanted={n}
          onTop={setAtTop}
          render={(row) => <Row row={row} href={link(row)} isChosen={row.n === n} />}
        />
      </section>
      {n !== undefined && (
        <DeliveryView
          key={n}
          n={n}
          row={rows.find((row) => row.n === n)}
          about={about}
          pictures={pictures}
          back={link()}
        />
      )}
    </div>
  );
}

interface RowProps {
  readonly row: DeliveryRow;
  readonly href: string;
  readonly isChosen: boolean;
}

const Row = ({ row, href, isChosen }: RowProps) => (
  <a class="delivery-row" href={href} aria-current={isChosen || undefined} title={row.why}>
    <time dateTime={row.at}>{timeOf(row.at)}</time>
    <VerdictMark verdict={row.verdict} />
    <bdi class="source">{row.source || row.path}</bdi>
    <bdi class="event">{row.event ?? row.topics.join(', ')}</bdi>
    <bdi class="subject">{row.why && row.verdict !== 'accepted' ? row.why : row.subject}</bdi>
    <bdi class="topics faint">
      {row.topics.join(', ')}
      {row.events > 1 && ` × ${row.events}`}
    </bdi>
    <span class="number faint">{bytesIn(row.bytes)}</span>
    <span class="number faint">{msIn(row.ms)}</span>
  </a>
);

/** Whether a row has the outcome and the source, and every word of the search. */
function fits(filter: Readonly<Record<string, string>>): (row: DeliveryRow) => boolean {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (filter.verdict && row.verdict !== filter.verdict) return false;
    if (filter.source && row.source !== filter.source) return false;
    if (words.length === 0) return true;
    const { source, event, topics, subject, why, id, path } = row;
    const text = [source, event, subject, why, id, path, ...topics].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
