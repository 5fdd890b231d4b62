import { LabelrelayError } from '../errors';
import type { Delivery } from './delivery';
import type { Ports } from './ports';

/** @throws LabelrelayError `unauthenticated`, or `unavailable` when the secrets cannot be read */
export async function authenticate(
  { source, headers, body }: Delivery,
  { secrets, telemetry }: Pick<Ports, 'secrets' | 'telemetry'>,
): Promise<void> {
  const verdict = source.platform.authenticate(headers, body, await read(source.name, secrets));
  if (!verdict.authentic) {
    const dimensions = { source: source.name, reason: verdict.reason };
    telemetry.count('DeliveryRefused', dimensions);
    throw new LabelrelayError(
      'unauthenticated',
      `expected credentials of source ${source.name}, got: ${verdict.reason}`,
    );
  }
  if (verdict.signaturesDisagree) telemetry.count('SignaturesDisagree', { source: source.name });
}

async function read(source: string, secrets: Ports['secrets']): Promise<readonly string[]> {
  try {
    return await secrets.read(source);
  } catch (cause) {
    throw new LabelrelayError('unavailable', `the secrets of source ${source} could not be read`, {
      cause,
    });
  }
}
