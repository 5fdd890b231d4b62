import type { Geometry } from '../geometry';

/** The geometry of a result, and the members of its value that the geometry contains completely. */
export interface ReadShape {
  readonly shape: Geometry;
  readonly members: readonly string[];
}

export const readShape = (
  shape: Geometry | undefined,
  ...members: readonly string[]
): ReadShape | undefined => shape && { shape, members };
