import type { z } from 'zod';
import { LabelrelayError } from '../errors';

/**
 * What a platform answered, as it documents it.
 *
 * @param who the platform, for the message
 * @throws LabelrelayError `unavailable`: a proxy's page, or a version that nobody knows yet
 */
export function expectShape<T>(schema: z.ZodType<T>, value: unknown, who: string): T {
  const { data, error } = schema.safeParse(value);
  if (!error) return data;
  const [{ path, message } = { path: [], message: '' }] = error.issues;
  throw new LabelrelayError(
    'unavailable',
    `expected what ${who} documents, got something else at "${path.join('.')}": ${message}`,
  );
}
