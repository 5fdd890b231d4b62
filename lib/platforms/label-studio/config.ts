import { asText, type JsonObject } from '../read';

/** What a project's labeling configuration says that results do not. */
export interface Config {
  /** Whether several choices can be made under a control of this name. */
  isMultiple(fromName: string | undefined): boolean;
  /** Whether the object of this name is a sound. */
  isAudio(toName: string | undefined): boolean;
}

/** Reads the configuration at the first question, since most results raise none. */
export function toConfig(project: JsonObject | undefined): Config {
  let tags: readonly Tag[] | undefined;
  const read = (): readonly Tag[] => {
    tags ??= readTags(asText(project?.label_config) ?? '');
    return tags;
  };
  const has = (name: string | undefined, matches: (tag: Tag) => boolean): boolean =>
    name !== undefined && read().some((tag) => tag.attributes.get('name') === name && matches(tag));
  return {
    isMultiple: (name) =>
      has(name, (tag) => tag.name === 'choices' && tag.attributes.get('choice') === 'multiple'),
    isAudio: (name) => has(name, (tag) => /^audio(plus)?$/.test(tag.name)),
  };
}

interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The start tags of the configuration, comments aside. A reader of all XML is not needed for that. */
function readTags(xml: string): Tag[] {
  const tags = xml
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .matchAll(/<([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)/g);
  return [...tags].map(([, name = '', attributes = '']) => ({
    name: name.toLowerCase(),
    attributes: new Map(
      [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
        ([, key = '', double, single]) => [key, double ?? single ?? ''],
      ),
    ),
  }));
}
