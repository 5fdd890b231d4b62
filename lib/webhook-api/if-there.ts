import { hasCode } from '../errors';

/** @returns undefined if the platform answers that there is no such thing */
export const ifThere = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (hasCode(error, 'not-found')) return undefined;
    throw error;
  });
