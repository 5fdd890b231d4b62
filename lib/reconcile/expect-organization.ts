import { LabelrelayError } from '../errors';
import { readSource } from './notes';
import type { ReconcilePorts } from './ports';

/**
 * A key of another organization does not see what the store has, and everything would look deleted.
 *
 * @returns the organization of the key, if there is one
 * @throws LabelrelayError `refused`
 */
export async function expectOrganization({
  listing,
  notes,
}: Pick<ReconcilePorts, 'listing' | 'notes'>): Promise<string | undefined> {
  if (!listing.isLive) return undefined;
  const { organization: known } = await readSource(notes);
  const organization = await listing.organization();
  if (known === undefined || known === organization) return organization;
  const expected = `expected an API key of organization ${known}, to which the labels in the store belong`;
  const got =
    organization === undefined
      ? 'got no organization: look whether the address is that of the platform'
      : `got one of ${organization}: make a source of its own for it`;
  throw new LabelrelayError('refused', `${expected}, ${got}`);
}
