import { useEffect, useRef, useState } from 'preact/hooks';
import { AnswersList } from './answers-list';
import type { Item, Status } from './items';
import type { Highlight } from './picture';
import { fieldsOf, listOf, numberOf, textOf } from './read';
import { clip, num } from './words';

const PAGE = 200;

interface AnnotationListProps extends Highlight {
  readonly items: readonly Item[];
}

/** The annotations of a label with their answers. An annotation that a person points at stands out in the drawing. */
export function AnnotationList({ items, active, point, choose }: AnnotationListProps) {
  const [first, setFirst] = useState(0);
  const list = useRef<HTMLOListElement>(null);
  const at = active === undefined ? -1 : items.findIndex(({ index }) => index === active);
  useEffect(() => {
    const row = list.current?.querySelector('[aria-pressed="true"]');
    const outside = list.current;
    if (row instanceof HTMLElement && outside && outside.scrollHeight > outside.clientHeight) {
      const top = row.offsetTop - outside.offsetTop;
      const isSeen =
        top >= outside.scrollTop && top < outside.scrollTop + outside.clientHeight - 30;
      if (!isSeen) outside.scrollTop = top - outside.clientHeight / 3;
    }
  });
  if (items.length === 0) return null;
  const page = items.slice(first, first + PAGE);
  return (
    <div class="annotations">
      {items.length > PAGE && (
        <p class="pages">
          <button type="button" disabled={first === 0} onClick={() => setFirst(first - PAGE)}>
            Earlier
          </button>
          {` ${first + 1} to ${first + page.length} of ${items.length} `}
          <button
            type="button"
            disabled={first + PAGE >= items.length}
            onClick={() => setFirst(first + PAGE)}
          >
            Later
          </button>
          {at >= 0 && (at < first || at >= first + PAGE) && (
            <button type="button" onClick={() => setFirst(at - (at % PAGE))}>
              Show the chosen one
            </button>
          )}
        </p>
      )}
      <ol class="rows" ref={list}>
        {page.map((item) => (
          <Row key={item.index} item={item} active={active} point={point} choose={choose} />
        ))}
      </ol>
    </div>
  );
}

interface RowProps extends Highlight {
  readonly item: Item;
}

const WORDS: Readonly<Record<Status, string>> = {
  added: 'added',
  removed: 'removed',
  before: 'before',
  after: 'changed',
  same: 'same',
};

function Row({ item, active, point, choose }: RowProps) {
  const { index, annotation, name, color, words, status } = item;
  const answers = listOf(annotation.classifications).map(fieldsOf);
  const frames = listOf(annotation.keyframes)
    .map(fieldsOf)
    .flatMap(({ frame, classifications }) =>
      listOf(classifications).map((answer) => ({ ...fieldsOf(answer), frame })),
    );
  return (
    <li class={index === active ? 'active' : ''}>
      <button
        type="button"
        class="row"
        aria-pressed={index === active}
        onClick={() => choose(index)}
        onMouseEnter={() => point(index)}
        onMouseLeave={() => point(undefined)}
        onFocus={() => point(index)}
        onBlur={() => point(undefined)}
      >
        <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
          <rect width="10" height="10" rx="2" fill={color.line} />
        </svg>
        <bdi class="name">{clip(name, 100)}</bdi>
        {status && status !== 'same' && <span class={`badge ${status}`}>{WORDS[status]}</span>}
        <span class="faint">{words}</span>
        <Extras item={item} />
      </button>
      <AnswersList answers={[...answers, ...frames]} />
    </li>
  );
}

/** Where an annotation comes from, how sure a model is, and how the picture was turned, which the drawing does not follow. */
function Extras({ item: { annotation } }: { readonly item: Item }) {
  const score = numberOf(annotation.score);
  const origin = textOf(annotation.origin);
  const turned = numberOf(annotation.imageRotation);
  const parts = [
    score === undefined ? '' : `score ${score}`,
    turned ? `picture turned by ${num(turned)}° while it was labeled` : '',
    origin === undefined || origin === 'manual' ? '' : clip(origin, 40),
    textOf(annotation.messageId) === undefined
      ? ''
      : `message ${clip(textOf(annotation.messageId) ?? '', 40)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : <span class="faint">{parts.join(', ')}</span>;
}
