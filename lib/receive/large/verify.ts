import { secretsUnavailable } from '../authenticate';
import type { Context } from '../context';
import type { LargeRecord } from './record';
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
  for await (const bytes of body) watch.update(bytes);
  if (!(await watch.conclude())) throw secretsUnavailable(arrival.source.name);
}
