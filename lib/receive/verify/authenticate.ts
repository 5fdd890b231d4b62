import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { Judge, secretsUnavailable, type Verifies } from './judge';
import { untilAborted } from './until-aborted';

/**
 * Verifies a delivery in memory. Its body can be compared again, so newer secrets are only read if those at
 * hand do not verify it.
 *
 * @throws LabelrelayError `unauthenticated`, or `secrets-unavailable` if a delivery with well-formed
 *   credentials cannot be verified now
 */
export async function authenticate(
  delivery: Delivery,
  { secrets, journal, signal }: Pick<Context, 'secrets' | 'journal' | 'signal'>,
): Promise<void> {
  const { name } = delivery.source;
  const judge = new Judge(delivery, journal);
  const verifies: Verifies = (secret, proof) => secret.verifies(proof, delivery.body);
  const unavailable = (cause: unknown): never => {
    throw secretsUnavailable(name, cause);
  };

  const known = await untilAborted(signal, secrets.read(name)).catch(unavailable);
  if (judge.accepts(known.secrets, verifies)) return;
  const refreshed = untilAborted(signal, secrets.refresh(name));
  const newer = await refreshed.catch(known.isConclusive ? () => undefined : unavailable);
  if (newer && judge.accepts(newer.secrets, verifies)) return;
  judge.refuse((newer ?? known).secrets);
}
