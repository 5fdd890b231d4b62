import { listObjects } from '../../lib/aws/operate/list-objects';
import { LabelrelayError } from '../../lib/errors';
import { PREFIX } from '../../lib/receive/stored/object-keys';
import type { Deployment } from '../deployment/deployment';

/**
 * Distinguishes a deployment without an archive from an archive with no deliveries of the period.
 *
 * @throws LabelrelayError `not-found` that says how to switch the archive on
 */
export async function expectArchive({ config, secrets }: Deployment): Promise<void> {
  if (config.archive) return;
  // `npm start` may have an archive although LABELRELAY_ARCHIVE is not set for this process.
  for await (const _ of listObjects(`${PREFIX.archive}/`, config)) return;
  const how = secrets
    ? 'start it with LABELRELAY_ARCHIVE=true'
    : 'set archiveDays under custom in serverless.yml, and deploy';
  const message = `expected an archive, got none: ${how}; it keeps deliveries from then on`;
  throw new LabelrelayError('not-found', message);
}
