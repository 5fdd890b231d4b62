import { type ListedObject, listObjects as listIn } from '../../lib/aws/s3/list-objects';
import type { AwsSettings } from '../../lib/config/read-config';
import { s3 } from './clients';

/** The objects of the bucket under a prefix, in the order of their keys. */
export const listObjects = (prefix: string, settings: AwsSettings): AsyncGenerator<ListedObject> =>
  listIn(s3(settings), settings.bucket, prefix);
