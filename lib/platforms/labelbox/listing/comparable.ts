import type { Label } from '../../../events/types';
import type { Comparable } from '../../../webhook-api/listing';

/** Members that are another in every export: a mask is at an address of the export, with a color of it. */
const OF_ONE_EXPORT = ['uri', 'colorRgb'];

/** Members that one version of webhooks does not have, or writes in its own way. */
const OF_ONE_VERSION = [
  ...['id', 'from', 'to', 'value', 'schemaId', 'direction', 'color', 'unit', 'text', 'page'],
  ...['native', 'other'],
];

/** Compares an export with webhooks of version 2, which have the same form. */
export const together: Comparable = {
  label: (label) => without(label, new Set(OF_ONE_EXPORT)),
  content: withoutSignature,
};

/**
 * Compares an export with webhooks of version 1 by what both tell in some form: places, classes and answers. A film has
 * only the address of its content in version 1, so its content is not compared.
 */
export const apart: Comparable = {
  label(label) {
    const isFilm = label.framesUri !== undefined || label.kind === 'Video';
    const part = isFilm
      ? { annotations: undefined, classifications: undefined, relationships: undefined }
      : without(label, new Set([...OF_ONE_EXPORT, ...OF_ONE_VERSION]));
    return { ...label, ...part, skipped: label.skipped ?? false };
  },
  content: withoutSignature,
};

const without = (
  { annotations, classifications, relationships, ...label }: Label,
  names: ReadonlySet<string>,
): Label => ({
  ...label,
  annotations: pruned(annotations, names),
  classifications: pruned(classifications, names),
  relationships: pruned(relationships, names),
});

/** Without some members, and without empty lists, which not every form has. */
function pruned<T>(value: T, names: ReadonlySet<string>): T {
  if (Array.isArray(value)) {
    return (value.length === 0 ? undefined : value.map((each) => pruned(each, names))) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .filter(([name]) => !names.has(name))
    .map(([name, member]) => [name, pruned(member, names)] as const)
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(members) as T;
}

/** A signed address is another each time that it is asked for. */
function withoutSignature(content: unknown): unknown {
  return typeof content === 'string' && /[?&][\w-]*(signature|sig|token)=/i.test(content)
    ? content.replace(/\?.*$/s, '')
    : content;
}
