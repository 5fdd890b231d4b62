import { type ErrorCode, LabelrelayError } from '../../lib/errors';

/** What a command ends with, as `labelrelay --help` tells. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  findings: 3,
  notFound: 4,
  refused: 5,
  denied: 6,
  interrupted: 130,
} as const;

const BY_ERROR: Partial<Record<ErrorCode, number>> = {
  usage: EXIT.usage,
  'invalid-configuration': EXIT.usage,
  'not-found': EXIT.notFound,
  refused: EXIT.refused,
  denied: EXIT.denied,
};

export const exitCodeOf = (error: unknown): number =>
  (error instanceof LabelrelayError && BY_ERROR[error.code]) || EXIT.failed;
