import { type Block, blocksOf, type Content } from './content';
import type { Item } from './items';
import { fieldsOf, listOf, numberOf, textOf } from './read';
import { type Offsets, placeOf, type Span, withoutTags } from './text-spans';

/** A text with its spans. */
export interface TextScene {
  readonly key: string;
  readonly title: string;
  readonly blocks: readonly MarkedBlock[];
  /** Spans whose text the event does not have. */
  readonly quotes: readonly Quote[];
  /** The HTML of the text, whose spans count without tags. */
  readonly source?: string;
}

export interface MarkedBlock extends Block {
  readonly marks: readonly (Span & { readonly item: Item })[];
}

export interface Quote {
  readonly item: Item;
  readonly text?: string;
  readonly page?: number;
}

/** The texts of a label: one for each target. */
export function textsOf(items: readonly Item[], content: Content): TextScene[] {
  const spans = items.filter(({ annotation }) => annotation.kind === 'text-span');
  const targets = [...new Set(spans.map(({ annotation }) => textOf(annotation.target)))];
  return targets.map((target) => {
    const own = spans.filter(({ annotation }) => textOf(annotation.target) === target);
    return {
      key: target ?? '',
      title: targets.length > 1 && target ? `Text of ${target}` : 'Text',
      ...marked(own, blocksOf(content, target)),
    };
  });
}

/** The text of a content without annotations. */
export function plainText(content: Content): TextScene | undefined {
  const blocks = blocksOf(content);
  if (blocks.length === 0) return undefined;
  return {
    key: '',
    title: 'Text',
    blocks: blocks.map((block) => ({ ...block, marks: [] })),
    quotes: [],
  };
}

function marked(
  items: readonly Item[],
  blocks: readonly Block[],
): Pick<TextScene, 'blocks' | 'quotes' | 'source'> {
  const asIs = located(items, blocks);
  const [only] = blocks;
  if (blocks.length !== 1 || !only || asIs.quotes.length === 0) return asIs;
  const text = withoutTags(only.text);
  if (text === only.text) return asIs;
  const stripped = located(items, [{ text }]);
  return stripped.quotes.length < asIs.quotes.length ? { ...stripped, source: only.text } : asIs;
}

function located(items: readonly Item[], blocks: readonly Block[]) {
  const marks = blocks.map((): (Span & { readonly item: Item })[] => []);
  const quotes: Quote[] = [];
  for (const item of items) {
    const places = placesOf(item, blocks);
    for (const { block, ...span } of places) marks[block]?.push({ ...span, item });
    if (places.length === 0) quotes.push(...quotesOf(item));
  }
  return {
    blocks: blocks.map((block, index) => ({ ...block, marks: marks[index] ?? [] })),
    quotes,
  };
}

type Placed = Span & { readonly block: number };

function placesOf({ annotation }: Item, blocks: readonly Block[]): Placed[] {
  const offsets: Offsets = {
    start: numberOf(annotation.start),
    end: numberOf(annotation.end),
    quote: textOf(annotation.text),
  };
  const within = (block: number): Placed[] => {
    const span = placeOf(blocks[block]?.text ?? '', offsets);
    return span && blocks[block] ? [{ ...span, block }] : [];
  };
  const message = textOf(annotation.messageId);
  if (message !== undefined) return within(blocks.findIndex(({ id }) => id === message));
  const [first, last] = [indexOf(annotation.startPath), indexOf(annotation.endPath)];
  if (first === undefined || last === undefined || blocks.length < 2)
    return throughout(offsets, blocks);
  const inParagraphs = first === last ? within(first) : across(first, last, offsets, blocks);
  return inParagraphs.length > 0 ? inParagraphs : throughout(offsets, blocks);
}

/** The index of a paragraph: some platforms write it as a text. */
const indexOf = (path: unknown): number | undefined =>
  /^\d{1,6}$/.test(String(path)) ? Number(path) : undefined;

/** A span from one paragraph to a later one. */
function across(
  first: number,
  last: number,
  { start, end }: Offsets,
  blocks: readonly Block[],
): Placed[] {
  if (start === undefined || end === undefined || first > last || !blocks[last]) return [];
  return blocks.slice(first, last + 1).map(({ text }, index) => ({
    block: first + index,
    from: index === 0 ? start : 0,
    to: first + index === last ? end : text.length,
  }));
}

/** A span that counts through all blocks. */
function throughout(offsets: Offsets, blocks: readonly Block[]): Placed[] {
  const span = placeOf(blocks.map(({ text }) => text).join(''), offsets);
  if (!span) return [];
  let begin = 0;
  return blocks.flatMap(({ text }, block) => {
    const [from, to] = [Math.max(span.from - begin, 0), Math.min(span.to - begin, text.length)];
    begin += text.length;
    return from < to ? [{ block, from, to }] : [];
  });
}

function quotesOf(item: Item): Quote[] {
  const { parts, text, page } = item.annotation;
  if (!Array.isArray(parts)) return [{ item, text: textOf(text), page: numberOf(page) }];
  return listOf(parts)
    .map(fieldsOf)
    .map((part) => ({ item, text: textOf(part.text), page: numberOf(part.page) }));
}
