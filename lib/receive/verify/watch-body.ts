import type { BodyHash } from '../../events/body-hash';
import type { Credential } from '../../platforms/proof';
import type { Secret } from '../../platforms/secret';
import type { Context } from '../context';
import type { Arrival } from '../delivery';
import type { KnownSecrets } from '../ports';
import { expectProofs, noteVerified, refuse, refuseMismatch } from './authenticate';
import { before } from './until-aborted';

/** Whether a delivery is authentic, told by digests of its body. */
export interface Watch {
  /** Whether a secret is known that may tell. */
  readonly isLikely: boolean;
  /** What is to be computed of the body. */
  readonly hashes: readonly BodyHash[];
  /**
   * To be asked once, at the end.
   *
   * @param digests one for each hash, in hex
   * @returns false when that cannot be known now: no secret could be read, or there is one since that
   *   the body was not watched with
   * @throws LabelrelayError `unauthenticated`
   */
  conclude(digests: readonly string[]): Promise<boolean>;
}

type Means = Pick<Context, 'secrets' | 'journal' | 'signal'>;

/**
 * What `authenticate` does, for a body that is never in memory: it is hashed with each secret that may
 * be meant.
 *
 * @throws LabelrelayError `unauthenticated` when that is known before the body
 */
export async function watchBody(
  { source, credentials, receivedAt }: Omit<Arrival, 'draw' | 'headers'>,
  { secrets, journal, signal }: Means,
): Promise<Watch> {
  const proofs = expectProofs(credentials, source.name, journal);
  const isValid = (secret: Secret): boolean => secret.isValid(receivedAt.getTime());

  const unlessUnknown = <T>(known: Promise<T>): Promise<T | undefined> =>
    before(signal, known).catch(() => undefined);

  /** The newest that can be known: this body will not be seen again. */
  const read = async (): Promise<KnownSecrets | undefined> => {
    const known = await unlessUnknown(secrets.read(source.name));
    return known && ((await unlessUnknown(secrets.refresh(source.name))) ?? known);
  };

  const known = await read();
  const pairs = (known?.secrets ?? [])
    .filter(isValid)
    .flatMap((secret) => proofs.map((proof) => ({ proof, secret, hash: secret.bodyHash(proof) })));
  if (known?.isConclusive && pairs.length === 0) refuse('no-secret', source.name, journal);
  const hashes = pairs.flatMap(({ hash }) => hash ?? []);

  return {
    isLikely: known !== undefined,
    hashes,

    async conclude(digests) {
      const told = new Map(hashes.map((hash, index) => [hash, digests[index]]));
      const secretOf = (credential: Credential): Secret | undefined =>
        pairs.find(
          ({ proof, secret, hash }) =>
            proof === credential && secret.verifiesDigest(proof, hash && told.get(hash)),
        )?.secret;
      if (noteVerified(credentials.map(secretOf), journal)) return true;
      if (!known) return false;
      // The body may have taken longer than what was read at its begin is good for.
      const newer = await read();
      const isNew = (secret: Secret): boolean => !known.secrets.some((old) => old.equals(secret));
      if (!newer?.isConclusive || newer.secrets.filter(isValid).some(isNew)) return false;
      return refuseMismatch(newer.secrets.filter(isValid), source.name, journal);
    },
  };
}
