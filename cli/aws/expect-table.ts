import { LabelrelayError } from '../../lib/errors';

/** @param message of the error if there is no table. @throws LabelrelayError `not-found` then */
export const expectTable = <T>(reading: Promise<T>, message: string): Promise<T> =>
  reading.catch((cause: unknown) => {
    if (!(cause instanceof Error) || cause.name !== 'ResourceNotFoundException') throw cause;
    throw new LabelrelayError('not-found', message, { cause });
  });
