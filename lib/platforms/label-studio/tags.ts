/** A tag of a project's configuration. */
export interface Tag {
  /** Its name in lower case, since Label Studio takes either. */
  readonly kind: string;
  /** Its name as it is written. */
  readonly written: string;
  /** By their names in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The nearest tag around it that has a `toName`: the control that a class belongs to. */
  readonly control?: Tag;
  /** What stands for the index in names, of each `<Repeater>` around it. */
  readonly indexFlags: readonly string[];
}

const DEFAULT_INDEX_FLAG = '{{idx}}';

/** Comments and CDATA, which hold no tags, and tags. */
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The tags of a configuration, in order. They are all that is looked for, so text between them is
 * passed by, and so is whatever is not well-formed.
 *
 * @param xml a project's `label_config`
 */
export function readTags(xml: string): Tag[] {
  const tags: Tag[] = [];
  const open = new OpenTags();
  for (const [, end, written, text = '', single] of xml.matchAll(MARKUP)) {
    if (written === undefined) continue;
    if (end) {
      open.close(written.toLowerCase());
      continue;
    }
    const tag = toTag(written, text, open.last);
    tags.push(tag);
    if (!single) open.push(tag);
  }
  return tags;
}

/** The tags around the next one. */
class OpenTags {
  readonly #tags: Tag[] = [];
  readonly #counts = new Map<string, number>();

  get last(): Tag | undefined {
    return this.#tags.at(-1);
  }

  push(tag: Tag): void {
    this.#tags.push(tag);
    this.#count(tag.kind, 1);
  }

  /** Ends those within it too; one that was never begun ends nothing. */
  close(kind: string): void {
    if (!this.#counts.get(kind)) return;
    for (let closed = this.#tags.pop(); closed; closed = this.#tags.pop()) {
      this.#count(closed.kind, -1);
      if (closed.kind === kind) return;
    }
  }

  #count(kind: string, by: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + by);
  }
}

function toTag(written: string, text: string, parent: Tag | undefined): Tag {
  const kind = written.toLowerCase();
  const attributes = new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [
      name.toLowerCase(),
      plain(double ?? single ?? ''),
    ]),
  );
  const inherited = parent?.indexFlags ?? [];
  const flag = kind === 'repeater' && (attributes.get('indexflag') || DEFAULT_INDEX_FLAG);
  return {
    kind,
    written,
    attributes,
    control: parent?.attributes.has('toname') ? parent : parent?.control,
    indexFlags: flag ? [...inherited, flag] : inherited,
  };
}

/**
 * Whether a result's name is that of a tag, whose placeholders stand for an index each.
 *
 * @returns the indexes, none for a name without placeholders; undefined of another name
 */
export function matchName({ attributes, indexFlags }: Tag, name: string): number[] | undefined {
  const written = attributes.get('name');
  if (written === undefined) return undefined;
  const flags = indexFlags
    .filter((flag) => written.includes(flag))
    .sort((one, other) => written.indexOf(one) - written.indexOf(other));
  const indexes: number[] = [];
  let expected = written;
  for (const flag of flags) {
    const [index] = /^\d+/.exec(name.slice(expected.indexOf(flag))) ?? [];
    if (index === undefined) return undefined;
    expected = expected.replaceAll(flag, index);
    indexes.push(Number(index));
  }
  return expected === name ? indexes : undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Attributes with their entities read, and characters by number. */
const plain = (text: string): string =>
  text.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (all, name, decimal, hex) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10_ffff ? String.fromCodePoint(code) : all;
    },
  );
