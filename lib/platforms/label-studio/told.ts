import type { Geometry } from '../../events/schemas/annotation';

/** What a result marks, and the members of its value that this says all of. */
export interface Told {
  readonly shape: Geometry;
  readonly members: readonly string[];
}

export const told = (
  shape: Geometry | undefined,
  ...members: readonly string[]
): Told | undefined => shape && { shape, members };
