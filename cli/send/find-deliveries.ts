import { statSync } from 'node:fs';
import { LabelrelayError } from '../../lib/errors';
import type { PlatformName } from '../../lib/platforms/platforms';
import { fixtures, readDelivery, type Unsigned } from '../../lib/testing/fixtures';

/**
 * Finds the deliveries for the arguments of `send`: a fixture by its name, `labelbox/<name>` if two platforms have
 * that name, or a file.
 *
 * @param platform the platform of files
 * @throws LabelrelayError `not-found`, `usage`
 */
export function findDeliveries(names: readonly string[], platform: PlatformName): Unsigned[] {
  const known = fixtures();
  return names.map((name) => {
    const found = known.find(
      (each) => name === each.name || name === `${each.platform}/${each.name}`,
    );
    if (found) return found;
    if (statSync(name, { throwIfNoEntry: false })?.isFile())
      return checked(readDelivery(name, platform), name);
    const message = `expected a fixture (labelrelay send --list) or a file, got ${name}`;
    throw new LabelrelayError('not-found', message);
  });
}

function checked(delivery: Unsigned, path: string): Unsigned {
  try {
    JSON.parse(delivery.body);
    return delivery;
  } catch (cause) {
    throw new LabelrelayError('usage', `expected JSON in ${path}, got something else`, { cause });
  }
}
