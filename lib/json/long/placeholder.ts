import { LabelrelayError } from '../../errors';

/**
 * A list, or an object of many members, that is too long for memory: in the rest of the body, a mark
 * stands in its place.
 */
export interface Placeholder {
  readonly number: number;
  readonly isObject: boolean;
  /** The names of the members in which it stands; lists have none. */
  readonly path: readonly string[];
  /** Whether it is in JSON that is text in other JSON. */
  readonly isInText: boolean;
}

/** Some whole items (of an object: members) of a placeholder as JSON text, with commas between them; at its end, no text. */
export interface Piece {
  readonly placeholder: Placeholder;
  readonly text?: string;
}

export interface LongLimits {
  /** Shorter ones stay where they are, in characters. */
  readonly inlineLength: number;
  /** What may stay in all. */
  readonly restLength: number;
  /** What one item may have. */
  readonly itemLength: number;
  /** How much of groups is kept at once whose items do not follow each other. */
  readonly groupedLength: number;
  /** What is written of later items while it waits for earlier ones: for more, they are read once more. */
  readonly earlyLength: number;
}

export const LONG_LIMITS: LongLimits = {
  inlineLength: 65_536,
  restLength: 4_194_304,
  itemLength: 8_388_608,
  groupedLength: 12_582_912,
  earlyLength: 1_048_576,
};

export const tooLong = (what: string): LabelrelayError =>
  new LabelrelayError(
    'not-streamable',
    `expected only lists of many items to be long, got too much in ${what}`,
  );
