import type { Annotation } from '../events/types';

/** The members that depend on the kind of an annotation. */
export type Geometry = Annotation extends infer Kind
  ? Kind extends Annotation
    ? Omit<Kind, 'classifications'>
    : never
  : never;
