import { LabelrelayError } from '../errors';
import type { Verdict } from '../platforms/platform';
import type { Delivery } from './delivery';
import type { Ports } from './ports';

/** @throws LabelrelayError `unauthenticated`, or `unavailable` when the secrets cannot be read */
export async function authenticate(
  { source, headers, body }: Delivery,
  { secrets, telemetry }: Pick<Ports, 'secrets' | 'telemetry'>,
): Promise<void> {
  const judge = (known: readonly string[]): Verdict =>
    source.platform.authenticate(headers, body, known);

  let verdict = judge(await read(source.name, secrets));
  if (!verdict.authentic && verdict.reason === 'mismatch') {
    const newer = await secrets.refresh(source.name);
    if (newer) verdict = judge(newer);
  }
  if (!verdict.authentic) {
    telemetry.count('DeliveryRefused', { source: source.name, reason: verdict.reason });
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
