import type * as z from 'zod';
import { LabelrelayError } from '../errors';

/**
 * Checks that an answer has the shape that the platform documents.
 *
 * @param who the platform, for the message
 * @throws LabelrelayError `unavailable` if not: it may be the page of a proxy, or of an unknown version
 */
export function expectShape<T>(schema: z.ZodType<T>, value: unknown, who: string): T {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const [{ path, message } = { path: [], message: '' }] = error.issues;
  throw new LabelrelayError(
    'unavailable',
    `expected an answer as ${who} documents it, got something else at "${path.join('.')}": ${message}`,
  );
}
