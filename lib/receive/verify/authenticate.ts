import { LabelrelayError } from '../../errors';
import { type Credential, isProof, type Proof } from '../../platforms/proof';
import type { Secret } from '../../platforms/secret';
import type { Context } from '../context';
import type { Delivery } from '../delivery';
import type { Journal } from '../log/journal';
import type { Refusal } from '../log/metrics';
import { before } from './until-aborted';

/** @throws LabelrelayError `unauthenticated` */
export function refuse(refusal: Refusal, source: string, journal: Journal): never {
  journal.count('Refused');
  journal.count(`Refused.${refusal}`);
  const message = `expected credentials of source ${source}, got: ${refusal}`;
  throw new LabelrelayError('unauthenticated', message);
}

/**
 * @param valid the secrets that did not verify it
 * @throws LabelrelayError `unauthenticated`
 */
export function refuseMismatch(valid: readonly Secret[], source: string, journal: Journal): never {
  const oddity = valid.find(({ version }) => version === 'current')?.oddity;
  if (oddity) journal.note({ secretHas: oddity });
  return refuse(valid.length > 0 ? 'mismatch' : 'no-secret', source, journal);
}

/** @throws LabelrelayError `unauthenticated` when nothing is given that a secret could verify */
export function expectProofs(
  credentials: readonly Credential[],
  source: string,
  journal: Journal,
): Proof[] {
  if (credentials.length === 0) refuse('credentials-missing', source, journal);
  const proofs = credentials.filter(isProof);
  return proofs.length > 0 ? proofs : refuse('credentials-malformed', source, journal);
}

/**
 * @param verdict of each credential the secret that verifies it, or undefined
 * @returns whether one is verified: the others may be of another secret
 */
export function noteVerified(verdict: readonly (Secret | undefined)[], journal: Journal): boolean {
  const secret = verdict.find((each) => each !== undefined);
  if (!secret) return false;
  journal.verified(secret.version);
  if (verdict.includes(undefined)) journal.count('SignaturesDisagree');
  return true;
}

export const secretsUnavailable = (source: string, cause?: unknown): LabelrelayError =>
  new LabelrelayError('secrets-unavailable', `the secrets of source ${source} could not be read`, {
    cause,
  });

/**
 * @throws LabelrelayError `unauthenticated`, or `secrets-unavailable` when a delivery with
 *   well-formed credentials cannot be verified now
 */
export async function authenticate(
  { source, credentials, body, receivedAt }: Delivery,
  { secrets, journal, signal }: Pick<Context, 'secrets' | 'journal' | 'signal'>,
): Promise<void> {
  expectProofs(credentials, source.name, journal);

  // Then, also when it is verified later.
  const isValid = (secret: Secret): boolean => secret.isValid(receivedAt.getTime());
  const judge = (known: readonly Secret[]): (Secret | undefined)[] =>
    credentials.map((credential) =>
      isProof(credential)
        ? known.find((secret) => isValid(secret) && secret.verifies(credential, body))
        : undefined,
    );
  const unknown = (cause: unknown): never => {
    throw secretsUnavailable(source.name, cause);
  };
  let known = await before(signal, secrets.read(source.name)).catch(unknown);
  let verdict = judge(known.secrets);
  if (!verdict.some(Boolean)) {
    const refreshed = before(signal, secrets.refresh(source.name));
    const newer = await refreshed.catch(known.isConclusive ? () => undefined : unknown);
    if (newer) {
      known = newer;
      verdict = judge(newer.secrets);
    }
  }
  if (noteVerified(verdict, journal)) return;
  refuseMismatch(known.secrets.filter(isValid), source.name, journal);
}
