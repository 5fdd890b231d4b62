/** A tag of a project's configuration. */
export interface Tag {
  /** Its name in lower case, since Label Studio ignores case. */
  readonly kind: string;
  /** Its name as it is written. */
  readonly written: string;
  /** The values by the names in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The nearest tag around it that has a `toName`: the control that a class belongs to. */
  readonly control?: Tag;
  /** The placeholder for the index in names, for each `<Repeater>` around it. */
  readonly indexFlags: readonly string[];
}

const DEFAULT_INDEX_FLAG = '{{idx}}';

/** A tag, or a comment or CDATA section, in which there are no tags. */
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The tags of a config, in order. Text between them and malformed parts are ignored.
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

/** The open tags around the next one. */
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

  /** Closes a tag and the open tags within it. Ignores a tag that is not open. */
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
 * Matches the name of a result with the name of a tag, in which each placeholder stands for an index.
 *
 * @returns the indexes; an empty list for a name without placeholders; undefined if the names do not match
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

/** Decodes the entities and character references of an attribute. */
const plain = (text: string): string =>
  text.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (all, name, decimal, hex) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10_ffff ? String.fromCodePoint(code) : all;
    },
  );
