import type { LabelData } from '../../events/types';
import { asText, type JsonObject } from '../../json/read';
import { matchName, readTags, type Tag } from './tags';

type Project = NonNullable<LabelData['project']>;

/** The parts of a project's config that normalizing needs, and that events contain. */
export interface Config {
  /** Whether a control allows several choices. */
  isMultiple(fromName: string | undefined): boolean;
  /** The kind of the object with this name, in lower case, such as `audio`. */
  kindOf(toName: string | undefined): string | undefined;
  /** The index from 0 of the object with this name among those of a `<Repeater>`. */
  indexOf(toName: string | undefined): number | undefined;
  /** The classes of regions; absent if there are none, or too many. */
  readonly classes: Project['classes'];
  /** The labeled objects. */
  readonly targets: Project['targets'];
  /** The number of counts that is left for the masks of the delivery: see `toMask`. */
  countsLeft: number;
}

/** The most counts of all masks. Nobody draws more by hand. */
const MAX_COUNTS = 5_000_000;
/** The most classes or targets to list, since every event of the project contains them. */
const MAX_LISTED = 500;
const MAX_LISTED_BYTES = 16_384;

/** Reads a project's config lazily, since many events do not need it. */
export function toConfig(project: JsonObject | undefined): Config {
  let known: ReturnType<typeof read> | undefined;
  const config = () => {
    known ??= remembered(asText(project?.label_config) ?? '');
    return known;
  };
  return {
    isMultiple: (name) =>
      name !== undefined && config().multiple.some((tag) => matchName(tag, name)),
    kindOf: (name) =>
      name === undefined ? undefined : config().objects.find((tag) => matchName(tag, name))?.kind,
    indexOf: (name) =>
      name === undefined
        ? undefined
        : config()
            .objects.map((tag) => matchName(tag, name))
            .find((indexes) => indexes !== undefined)?.[0],
    get classes() {
      return config().classes;
    },
    get targets() {
      return config().targets;
    },
    countsLeft: MAX_COUNTS,
  };
}

/** Caches the last config, since consecutive deliveries mostly belong to one project. */
let last: { readonly xml: string; readonly known: ReturnType<typeof read> } | undefined;

function remembered(xml: string): ReturnType<typeof read> {
  if (last?.xml !== xml) last = { xml, known: read(xml) };
  return last.known;
}

function read(xml: string) {
  const tags = readTags(xml);
  const objects = objectsOf(tags);
  return {
    multiple: tags.filter(
      ({ kind, attributes }) => kind === 'choices' && attributes.get('choice') === 'multiple',
    ),
    objects,
    classes: unlessTooMany(tags.flatMap(toClass)),
    targets: unlessTooMany(objects.flatMap(toTarget)),
  };
}

/** A class has the name that results use: its alias, if it has one. */
function toClass({ kind, attributes, control }: Tag): NonNullable<Project['classes']> {
  const name = attributes.get('alias') || attributes.get('value');
  if (kind !== 'label' || !name || !control?.kind.endsWith('labels')) return [];
  return [{ name, control: control.attributes.get('name'), color: attributes.get('background') }];
}

/** The objects: tags that a control refers to, or that have a value from the task. */
function objectsOf(tags: readonly Tag[]): Tag[] {
  const pointedTo = new Set(
    tags.flatMap(
      ({ attributes }) =>
        attributes
          .get('toname')
          ?.split(',')
          .map((each) => each.trim()) ?? [],
    ),
  );
  return tags.filter(({ attributes }) => {
    const [name, toName] = [attributes.get('name'), attributes.get('toname')];
    if (!name || (toName !== undefined && toName !== name)) return false;
    return pointedTo.has(name) || sourceOf(attributes)?.startsWith('$') === true;
  });
}

const toTarget = ({ written, attributes }: Tag): NonNullable<Project['targets']> => [
  { name: attributes.get('name') ?? '', kind: written, value: sourceOf(attributes) },
];

const sourceOf = (attributes: Tag['attributes']): string | undefined =>
  attributes.get('value') ?? attributes.get('valuelist');

function unlessTooMany<T>(list: readonly T[]): T[] | undefined {
  const isListed = list.length > 0 && list.length <= MAX_LISTED;
  if (!isListed || Buffer.byteLength(JSON.stringify(list)) > MAX_LISTED_BYTES) return undefined;
  return [...list];
}
