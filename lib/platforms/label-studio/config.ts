import { asText, type JsonObject } from '../read';

/** What results need to know beside themselves. */
export interface Config {
  /** Whether several choices can be made under a control of this name. */
  isMultiple(fromName: string | undefined): boolean;
  /** Whether the object of this name is a sound. */
  isAudio(toName: string | undefined): boolean;
  /** How many counts all masks of the delivery may still come to: see `toMask`. */
  countsLeft: number;
}

/** More counts than this are no longer anything that somebody drew. */
const MAX_COUNTS = 5_000_000;

/** Reads a project's configuration at the first question, since most results raise none. */
export function toConfig(project: JsonObject | undefined): Config {
  let names: Names | undefined;
  const read = (): Names => {
    names ??= readNames(asText(project?.label_config) ?? '');
    return names;
  };
  return {
    isMultiple: (name) => name !== undefined && read().multiple.has(name),
    isAudio: (name) => name !== undefined && read().sounds.has(name),
    countsLeft: MAX_COUNTS,
  };
}

/** The names of the tags that matter. */
interface Names {
  readonly multiple: Set<string>;
  readonly sounds: Set<string>;
}

const START_TAG = /<([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Start tags are all that is looked for, comments aside: that needs no reader of all XML. */
function readNames(xml: string): Names {
  const names: Names = { multiple: new Set(), sounds: new Set() };
  for (const [, tag = '', text = ''] of xml
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .matchAll(START_TAG)) {
    const isChoices = /^choices$/i.test(tag);
    const isSound = /^audio(plus)?$/i.test(tag);
    if (!isChoices && !isSound) continue;
    const attributes = new Map(
      [...text.matchAll(ATTRIBUTE)].map(([, key, double, single]) => [key, double ?? single ?? '']),
    );
    const name = plain(attributes.get('name') ?? '');
    if (isSound) names.sounds.add(name);
    else if (attributes.get('choice') === 'multiple') names.multiple.add(name);
  }
  return names;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
