import type { HeldDelivery } from '../../lib/aws/operate/held-deliveries';
import { LabelrelayError } from '../../lib/errors';

/** The end of a key, which is enough to identify it. */
export const nameOf = (key: string): string => /[0-9a-f-]{36}(?:\.next)?$/.exec(key)?.[0] ?? key;

/**
 * @param name a key, or its end
 * @throws LabelrelayError `not-found`, also if the end is ambiguous
 */
export function pick(held: readonly HeldDelivery[], name: string): HeldDelivery {
  const [found, ...more] = held.filter(({ key }) => key === name || key.endsWith(name));
  if (found && more.length === 0) return found;
  const came = found ? `${more.length + 1} with that end` : 'none';
  throw new LabelrelayError(
    'not-found',
    `expected a held delivery ${name}, got ${came}: labelrelay held list`,
  );
}
