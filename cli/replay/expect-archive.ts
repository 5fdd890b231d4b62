import { LabelrelayError } from '../../lib/errors';
import { PREFIX } from '../../lib/receive/stored/object-keys';
import { listObjects } from '../aws/list-objects';
import type { Deployment } from '../deployment/deployment';

/**
 * Tells a deployment without an archive from one with nothing in it of a time.
 *
 * @throws LabelrelayError `not-found` that says how to have one
 */
export async function expectArchive({ config, secrets }: Deployment): Promise<void> {
  if (config.archive) return;
  // `npm start` may keep one that this process was not told of.
  for await (const _ of listObjects(`${PREFIX.archive}/`, config)) return;
  const how = secrets
    ? 'start it with LABELRELAY_ARCHIVE=true'
    : 'set archiveDays under custom in serverless.yml, and deploy';
  const message = `expected an archive, got none: ${how}; it keeps what comes from then on`;
  throw new LabelrelayError('not-found', message);
}
