import { useMemo } from 'preact/hooks';
import type { Highlight } from './picture';
import { piecesOf } from './text-spans';
import type { MarkedBlock, TextScene } from './texts';
import { clip, counted } from './words';

/** A longer text makes a page slow. */
const LONGEST = 100_000;
/** The characters that are shown before the first mark of a long text. */
const BEFORE = 500;

interface TextViewProps extends Highlight {
  readonly scene: TextScene;
}

/** A text with its spans marked in it, or the parts of it that the event has. */
export function TextView({ scene, ...highlight }: TextViewProps) {
  const { title, blocks, quotes, source } = scene;
  return (
    <figure class="text">
      <figcaption>
        {title}
        {source !== undefined && <span class="faint"> without the tags of its HTML</span>}
      </figcaption>
      {blocks.map((block, index) => (
        <div key={index} class={blocks.length > 1 ? 'message' : ''}>
          {block.author !== undefined && (
            <p class="author">
              <bdi>{clip(block.author, 60)}</bdi>
            </p>
          )}
          <Marked block={block} {...highlight} />
        </div>
      ))}
      {source !== undefined && (
        <details>
          <summary>HTML</summary>
          <pre class="json">{clip(source, LONGEST)}</pre>
        </details>
      )}
      {quotes.length > 0 && (
        <ul class="quotes">
          {quotes.slice(0, 500).map(({ item, text, page }, index) => (
            <li key={index}>
              <Mark items={[item]} {...highlight}>
                {text === undefined ? item.words : clip(text, 2000)}
              </Mark>
              <span class="faint">
                {page === undefined ? '' : ` on page ${page}`}
                {text !== undefined && ` (${item.words})`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

interface MarkedProps extends Highlight {
  readonly block: MarkedBlock;
}

function Marked({ block, ...highlight }: MarkedProps) {
  const { text, marks } = block;
  const first = marks.reduce((least, { from }) => Math.min(least, from), text.length);
  const start =
    text.length > LONGEST ? Math.max(Math.min(first, text.length - LONGEST) - BEFORE, 0) : 0;
  const shown = text.slice(start, start + LONGEST);
  const pieces = useMemo(
    () =>
      piecesOf(
        shown,
        marks.map(({ from, to }) => ({ from: Math.max(from - start, 0), to: to - start })),
      ),
    [shown, marks, start],
  );
  const left = text.length - shown.length;
  return (
    <p class="marked" dir="auto">
      {start > 0 && '…'}
      {pieces.map(({ text: piece, spans }, index) => {
        const items = spans.flatMap((span) => marks[span]?.item ?? []);
        return items.length === 0 ? (
          piece
        ) : (
          <Mark key={index} items={items} {...highlight}>
            {piece}
          </Mark>
        );
      })}
      {left > 0 && <span class="faint">{` … ${counted(left, 'more character')}`}</span>}
    </p>
  );
}

interface MarkProps extends Highlight {
  /** The annotations here; the last one is the innermost. */
  readonly items: readonly TextScene['quotes'][number]['item'][];
  readonly children: string;
}

/** A marked part of a text: one line below it for each annotation. */
function Mark({ items, children, active, point, choose }: MarkProps) {
  const own = items[items.length - 1];
  if (!own) return null;
  const lines = items.slice(0, 5);
  const isActive = items.some(({ index }) => index === active);
  const statuses = [...new Set(items.flatMap(({ status }) => status ?? []))];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list beside has the same for keys
    <mark
      class={`${isActive ? 'active' : ''} ${statuses.join(' ')}`}
      title={items.map(({ name }) => clip(name, 60)).join(', ')}
      data-annotations={items.map(({ index }) => index).join(' ')}
      style={{
        backgroundImage: lines
          .map(({ color }) => `linear-gradient(${color.line}, ${color.line})`)
          .join(),
        backgroundPosition: lines.map((_, index) => `0 calc(100% - ${index * 3}px)`).join(),
        backgroundColor: `color-mix(in srgb, ${own.color.line} ${isActive ? 45 : 20}%, transparent)`,
      }}
      onMouseEnter={() => point(own.index)}
      onMouseLeave={() => point(undefined)}
      onClick={() => choose(own.index)}
    >
      {children}
    </mark>
  );
}
