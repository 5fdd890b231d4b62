import { LabelrelayError } from '../../errors';

/**
 * A list, or an object of many members, that is too long for memory: in the rest of the body, a mark
 * stands in its place.
 */
export interface Hole {
  readonly number: number;
  readonly isObject: boolean;
  /** The names of the members in which it stands; lists have none. */
  readonly path: readonly string[];
  /** Whether it is in JSON that is text in other JSON. */
  readonly isInText: boolean;
}

/** Some whole items (of an object: members) of a hole as JSON text, with commas between them; at its end, no text. */
export interface Piece {
  readonly hole: Hole;
  readonly text?: string;
}

export interface CutLimits {
  /** Shorter ones stay where they are, in characters. */
  readonly holeLength: number;
  /** What may stay in all. */
  readonly restLength: number;
  /** What one item may have. */
  readonly itemLength: number;
  /** What is gathered at once of items that belong together and do not come together. */
  readonly gatheredLength: number;
  /** What is written of later items while it waits for earlier ones: for more, they are read once more. */
  readonly earlyLength: number;
}

export const CUT_LIMITS: CutLimits = {
  holeLength: 65_536,
  restLength: 4_194_304,
  itemLength: 8_388_608,
  gatheredLength: 12_582_912,
  earlyLength: 1_048_576,
};

export const tooLong = (what: string): LabelrelayError =>
  new LabelrelayError(
    'not-streamable',
    `expected only lists of many items to be long, got too much in ${what}`,
  );
