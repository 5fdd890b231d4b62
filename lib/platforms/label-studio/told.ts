import type { Geometry } from '../geometry';

/** The geometry of a result, and the members of its value that the geometry contains completely. */
export interface Told {
  readonly shape: Geometry;
  readonly members: readonly string[];
}

export const told = (
  shape: Geometry | undefined,
  ...members: readonly string[]
): Told | undefined => shape && { shape, members };
