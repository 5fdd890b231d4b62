import { LabelrelayError } from '../../errors';

/** A list or an object that is too long for memory. The rest of the body has a mark in its place. */
export interface Placeholder {
  readonly number: number;
  readonly isObject: boolean;
  /** The names of the members around it. Lists have none. */
  readonly path: readonly string[];
  /** Whether it is in JSON that is text in other JSON. */
  readonly isInText: boolean;
}

/**
 * Some items of a placeholder (members, if it is an object) as JSON text with commas between them. The last piece
 * has no text.
 */
export interface Piece {
  readonly placeholder: Placeholder;
  readonly text?: string;
}

export interface LongLimits {
  /** The length from which a list is cut out, in characters. */
  readonly inlineLength: number;
  /** The longest rest of a body. */
  readonly restLength: number;
  /** The longest item. */
  readonly itemLength: number;
  /** The room for groups whose items do not follow each other. */
  readonly groupedLength: number;
  /** The least length of a block of what there is no room for. While runs are merged, each has a block in memory. */
  readonly blockLength: number;
  /** The room for the text of later items that waits for earlier ones. Text that does not fit is stored. */
  readonly earlyLength: number;
}

export const LONG_LIMITS: LongLimits = {
  inlineLength: 65_536,
  restLength: 4_194_304,
  itemLength: 8_388_608,
  groupedLength: 12_582_912,
  blockLength: 262_144,
  earlyLength: 1_048_576,
};

export const tooLong = (what: string): LabelrelayError =>
  new LabelrelayError(
    'not-streamable',
    `expected only lists of many items to be long, got too much in ${what}`,
  );
