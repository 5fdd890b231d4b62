import { LabelrelayError } from '../errors';
import { isProof } from '../platforms/proof';
import type { Secret } from '../platforms/secret';
import { before } from './before';
import type { Context } from './context';
import type { Delivery } from './delivery';
import type { Journal } from './journal';

/** Why a delivery is not taken: for the log, never for the sender. */
export type Refusal =
  | 'address'
  | 'credentials-missing'
  | 'credentials-malformed'
  | 'no-secret'
  | 'mismatch';

/** @throws LabelrelayError `unauthenticated` */
export function refuse(refusal: Refusal, source: string, journal: Journal): never {
  journal.count('Refused');
  journal.count(`Refused.${refusal}`);
  const message = `expected credentials of source ${source}, got: ${refusal}`;
  throw new LabelrelayError('unauthenticated', message);
}

/**
 * @throws LabelrelayError `unauthenticated`, or `secrets-unavailable` when a delivery with
 *   well-formed credentials cannot be verified now
 */
export async function authenticate(
  { source, credentials, body, receivedAt }: Delivery,
  { secrets, journal, signal }: Pick<Context, 'secrets' | 'journal' | 'signal'>,
): Promise<void> {
  if (credentials.length === 0) refuse('credentials-missing', source.name, journal);
  if (!credentials.some(isProof)) refuse('credentials-malformed', source.name, journal);

  // Then, also when it is verified later.
  const isValid = (secret: Secret): boolean => secret.isValid(receivedAt.getTime());
  const judge = (known: readonly Secret[]): (Secret | undefined)[] =>
    credentials.map((credential) =>
      isProof(credential)
        ? known.find((secret) => isValid(secret) && secret.verifies(credential, body))
        : undefined,
    );
  const unknown = (cause: unknown): never => {
    const message = `the secrets of source ${source.name} could not be read`;
    throw new LabelrelayError('secrets-unavailable', message, { cause });
  };
  let known = await before(signal, secrets.read(source.name)).catch(unknown);
  let verdict = judge(known.secrets);
  if (!verdict.some(Boolean)) {
    const refreshed = before(signal, secrets.refresh(source.name));
    const newer = await refreshed.catch(known.isWhole ? () => undefined : unknown);
    if (newer) {
      known = newer;
      verdict = judge(newer.secrets);
    }
  }
  const secret = verdict.find(Boolean);
  if (!secret) {
    const hasSecret = known.secrets.some(isValid);
    return refuse(hasSecret ? 'mismatch' : 'no-secret', source.name, journal);
  }
  journal.count(`Verified.${secret.version}`);
  if (verdict.includes(undefined)) journal.count('SignaturesDisagree');
}
