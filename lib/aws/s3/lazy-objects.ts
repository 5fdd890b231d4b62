import type { AwsSettings } from '../../config/read-config';
import type { ObjectStore } from '../../receive/stored/object-store';

/** S3 objects. The client is loaded for the first object, since most deliveries need none. */
export function lazyObjects(settings: AwsSettings): ObjectStore {
  let objects: ObjectStore | undefined;
  return {
    async put(...args) {
      const { s3Objects } = await import('./s3-objects');
      objects ??= s3Objects(settings);
      return objects.put(...args);
    },
  };
}
