import { beginHash } from '../../events/body-hash';
import type { Context } from '../context';
import type { LargeRecord } from '../stored/large-record';
import { secretsUnavailable } from './authenticate';
import { watchBody } from './watch-body';

/**
 * Whether a held body is authentic, before anything in it is read: it may be a stranger's.
 *
 * @throws LabelrelayError `unauthenticated`, `secrets-unavailable`
 */
export async function verify(
  { arrival, body }: LargeRecord,
  context: Pick<Context, 'secrets' | 'journal' | 'signal'>,
): Promise<void> {
  const watch = await watchBody(arrival, context);
  const running = watch.hashes.map(beginHash);
  for await (const bytes of body) for (const hash of running) hash.update(bytes);
  const digests = running.map((hash) => hash.digest('hex'));
  if (!(await watch.conclude(digests))) throw secretsUnavailable(arrival.source.name);
}
