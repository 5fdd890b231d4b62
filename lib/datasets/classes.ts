import type { Annotation } from '../events/types';
import { chooseLabels } from './choose-labels';
import type { ExportOptions, ReadLabels } from './format';

/** The classes of a data set in their order. */
export interface Classes {
  readonly names: readonly string[];
  /** The place of an annotation's class, from 0; undefined where it is none of them. */
  find(annotation: Annotation): number | undefined;
}

/** Regions without a class have this one, where no list of classes is given. */
export const NO_CLASS = 'unlabeled';

/** Those that are asked for, else those that occur, by name. */
export async function readClasses(read: ReadLabels, options: ExportOptions): Promise<Classes> {
  const names = options.classes ?? (await occurring(read, options));
  const places = new Map(names.map((name, index) => [name, index]));
  return { names, find: (annotation) => places.get(classOf(annotation)) };
}

async function occurring(read: ReadLabels, options: ExportOptions): Promise<string[]> {
  const names = new Set<string>();
  for await (const row of chooseLabels(read, options)) {
    for (const { label } of row) {
      for (const annotation of label.annotations ?? []) {
        if (IN_DATASETS.has(annotation.kind)) names.add(classOf(annotation));
      }
    }
  }
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}

/** Kinds that a data set of pictures can have. */
const IN_DATASETS: ReadonlySet<Annotation['kind']> = new Set(['bbox', 'polygon', 'mask']);

const classOf = ({ name = NO_CLASS }: Annotation): string => name;
