import { type BodyHash, beginHash } from '../../events/body-hash';
import type { Secret } from '../../platforms/secret';
import type { Context } from '../context';
import type { Arrival } from '../delivery';
import type { KnownSecrets } from '../ports';
import type { StoredDelivery } from '../stored/stored-delivery';
import { Judge, refuse, secretsUnavailable, type Verifies } from './judge';
import { untilAborted } from './until-aborted';

/** Verifies a body by its digests, while it is read once. */
export interface Watch {
  /** Whether the secrets could be read. */
  readonly isLikely: boolean;
  /** The hashes of the body to compute: one for each secret and signature. */
  readonly hashes: readonly BodyHash[];
  /**
   * To be called once, at the end of the body.
   *
   * @param digests one for each hash, in hex
   * @returns false if it cannot be known now: no secret could be read, or a new one came after the beginning
   * @throws LabelrelayError `unauthenticated`
   */
  conclude(digests: readonly string[]): Promise<boolean>;
}

type Means = Pick<Context, 'secrets' | 'journal' | 'signal'>;

/**
 * Verifies a body that is read once. All secrets are read before it, since it cannot be compared again.
 *
 * @throws LabelrelayError `unauthenticated` if that is known before the body
 */
export async function watchBody(
  arrival: Pick<Arrival, 'source' | 'credentials' | 'receivedAt'>,
  { secrets, journal, signal }: Means,
): Promise<Watch> {
  const { name } = arrival.source;
  const judge = new Judge(arrival, journal);
  const unlessUnknown = <T>(known: Promise<T>): Promise<T | undefined> =>
    untilAborted(signal, known).catch(() => undefined);

  /** The newest secrets. */
  const read = async (): Promise<KnownSecrets | undefined> => {
    const known = await unlessUnknown(secrets.read(name));
    return known && ((await unlessUnknown(secrets.refresh(name))) ?? known);
  };

  const known = await read();
  const valid = judge.valid(known?.secrets ?? []);
  if (known?.isConclusive && valid.length === 0) refuse('no-secret', name, journal);
  const pairs = valid.flatMap((secret) =>
    judge.proofs.map((proof) => ({ proof, secret, hash: secret.bodyHash(proof) })),
  );
  const hashes = pairs.flatMap(({ hash }) => hash ?? []);

  return {
    isLikely: known !== undefined,
    hashes,

    async conclude(digests) {
      const digestOf = new Map(hashes.map((hash, index) => [hash, digests[index]]));
      const verifies: Verifies = (secret, proof) => {
        const hash = pairs.find((pair) => pair.secret === secret && pair.proof === proof)?.hash;
        return secret.verifiesDigest(proof, hash && digestOf.get(hash));
      };
      if (judge.accepts(valid, verifies)) return true;
      if (!known) return false;
      // The body may have taken so long that a secret was replaced.
      const newer = await read();
      const isNew = (secret: Secret): boolean => !known.secrets.some((old) => old.equals(secret));
      if (!newer?.isConclusive || judge.valid(newer.secrets).some(isNew)) return false;
      return judge.refuse(newer.secrets);
    },
  };
}

/**
 * Verifies a held delivery before anything in it is read. Anybody may have sent it.
 *
 * @throws LabelrelayError `unauthenticated`, `secrets-unavailable`
 */
export async function verifyStored(
  { arrival, read }: Pick<StoredDelivery, 'arrival' | 'read'>,
  context: Means,
): Promise<void> {
  const watch = await watchBody(arrival, context);
  const running = watch.hashes.map(beginHash);
  for await (const bytes of await read()) for (const hash of running) hash.update(bytes);
  const digests = running.map((hash) => hash.digest('hex'));
  if (!(await watch.conclude(digests))) throw secretsUnavailable(arrival.source.name);
}
