import type { AwsSettings } from '../../config/read-config';
import { type ListedObject, listObjects as listIn } from '../s3/list-objects';
import { s3 } from './s3';

/** The objects of the bucket under a prefix, in the order of their keys. */
export const listObjects = (prefix: string, settings: AwsSettings): AsyncGenerator<ListedObject> =>
  listIn(s3(settings), settings.bucket, prefix);
