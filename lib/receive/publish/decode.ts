import { LabelrelayError } from '../../errors';
import type { JsonObject } from '../../json/read';
import { bytesOf } from '../body';
import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { keep } from '../stored/keep';
import { PREFIX } from '../stored/object-keys';

/**
 * The JSON objects in an authentic delivery. Bytes that hold none are kept for a person to look at.
 *
 * @throws LabelrelayError `unsupported-media-type`, `undecodable`, or `unavailable` when the bytes
 *   could not be kept
 */
export async function decode(
  delivery: Delivery,
  { objects, journal, signal }: Pick<Context, 'objects' | 'journal' | 'signal'>,
): Promise<JsonObject[]> {
  const { source, headers, body } = delivery;
  try {
    if (!source.platform.acceptsContentType(headers['content-type'])) {
      throw new LabelrelayError(
        'unsupported-media-type',
        'expected JSON, got another Content-Type',
      );
    }
    return source.platform.decode(body);
  } catch (error) {
    await keep(`${PREFIX.undecodable}/${source.name}/${delivery.id}`, bytesOf(body), objects, {
      signal,
    });
    journal.count('Undecodable');
    throw error;
  }
}

/** Whether that is why a delivery went no further: its bytes are kept, and there is no more to do. */
export const isUndecodable = (error: unknown): boolean =>
  error instanceof LabelrelayError &&
  (error.code === 'undecodable' || error.code === 'unsupported-media-type');
