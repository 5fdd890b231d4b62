import { type ErrorCode, LabelrelayError } from '../../lib/errors';
import { whyDenied } from './denied';

/** The exit codes of commands, which `labelrelay --help` explains. */
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

export function exitCodeOf(error: unknown): number {
  if (whyDenied(error)) return EXIT.denied;
  return (error instanceof LabelrelayError && BY_ERROR[error.code]) || EXIT.failed;
}
