import { LabelrelayError } from '../errors';
import type { JsonObject } from '../platforms/read';
import type { Delivery } from './delivery';
import { keep } from './keep';
import { PREFIX } from './object-keys';
import type { Ports } from './ports';

/**
 * The JSON objects in an authentic delivery. Bytes that hold none are kept for a person to look at.
 *
 * @throws LabelrelayError `unsupported-media-type`, `undecodable`, or `unavailable` when the bytes
 *   could not be kept
 */
export async function decode(
  delivery: Delivery,
  { objects, telemetry }: Pick<Ports, 'objects' | 'telemetry'>,
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
    await keep(`${PREFIX.undecodable}/${source.name}/${delivery.id}`, body, objects);
    telemetry.count('DeliveryUndecodable', { source: source.name });
    throw error;
  }
}
