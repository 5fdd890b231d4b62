import type { Secret, Verifier } from '../../platforms/secret';
import { expectProofs, refuse } from '../authenticate';
import { before } from '../before';
import type { Context } from '../context';
import type { Arrival } from '../delivery';
import type { KnownSecrets } from '../ports';

/** Whether a delivery is authentic, told of a body that goes by. */
export interface Watch {
  /** Whether a secret is known that may tell. */
  readonly isLikely: boolean;
  update(bytes: Uint8Array): void;
  /**
   * To be asked once, at the end.
   *
   * @returns false when that cannot be known now: no secret could be read, or there is one since that
   *   the body was not watched with
   * @throws LabelrelayError `unauthenticated`
   */
  conclude(): Promise<boolean>;
}

type Means = Pick<Context, 'secrets' | 'journal' | 'signal'>;

/**
 * What `authenticate` does, for a body that is never in memory: each secret that may be meant goes
 * along with it.
 *
 * @throws LabelrelayError `unauthenticated` when that is known before the body
 */
export async function watchBody(
  { source, credentials, receivedAt }: Omit<Arrival, 'draw' | 'headers'>,
  { secrets, journal, signal }: Means,
): Promise<Watch> {
  const proofs = expectProofs(credentials, source.name, journal);
  const isValid = (secret: Secret): boolean => secret.isValid(receivedAt.getTime());

  const refresh = (): Promise<KnownSecrets | undefined> =>
    before(signal, secrets.refresh(source.name)).catch(() => undefined);

  /** The newest that can be known: this body will not be seen again. */
  const read = async (): Promise<KnownSecrets | undefined> => {
    const known = await before(signal, secrets.read(source.name)).catch(() => undefined);
    return known && ((await refresh()) ?? known);
  };

  const known = await read();
  const pairs = (known?.secrets ?? [])
    .filter(isValid)
    .flatMap((secret) =>
      proofs.map((proof) => ({ proof, secret, verifier: secret.verifier(proof) })),
    );
  if (known?.isWhole && pairs.length === 0) refuse('no-secret', source.name, journal);
  const verifiers: readonly Verifier[] = pairs.map(({ verifier }) => verifier);

  return {
    isLikely: known !== undefined,

    update(bytes) {
      for (const verifier of verifiers) verifier.update(bytes);
    },

    async conclude() {
      const fitting = pairs.filter(({ verifier }) => verifier.verifies());
      const [first] = fitting;
      if (first) {
        journal.verified(first.secret.version);
        const verified = new Set(fitting.map(({ proof }) => proof));
        if (verified.size < credentials.length) journal.count('SignaturesDisagree');
        return true;
      }
      if (!known) return false;
      const newer = (await refresh()) ?? known;
      const isNew = (secret: Secret): boolean => !known.secrets.some((old) => old.equals(secret));
      if (!newer.isWhole || newer.secrets.filter(isValid).some(isNew)) return false;
      return refuse('mismatch', source.name, journal);
    },
  };
}
