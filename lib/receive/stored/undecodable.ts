import { LabelrelayError } from '../../errors';
import type { Source } from '../delivery';
import type { Journal } from '../log/journal';
import { PREFIX } from './object-keys';

/** The key of an authentic body that cannot be decoded. @param name the id of the delivery, if it is known */
export const undecodableKey = ({ name: source }: Source, name: string): string =>
  `${PREFIX.undecodable}/${source}/${name}`;

/**
 * Stores an authentic body that cannot be decoded. A person looks at it.
 *
 * @param put stores the body under its `undecodableKey`
 */
export async function storeUndecodable(
  put: () => Promise<unknown>,
  journal: Journal,
): Promise<void> {
  await put();
  journal.count('Undecodable');
}

/** @throws LabelrelayError `unsupported-media-type` */
export function expectJson({ platform }: Source, contentType: string | undefined): void {
  if (platform.acceptsContentType(contentType)) return;
  throw unsupportedMediaType();
}

export const unsupportedMediaType = (): LabelrelayError =>
  new LabelrelayError('unsupported-media-type', 'expected JSON, got another Content-Type');

/** Whether a body cannot be decoded. Its bytes are stored, and there is no more to do. */
export const isUndecodable = (error: unknown): boolean =>
  error instanceof LabelrelayError &&
  (error.code === 'undecodable' || error.code === 'unsupported-media-type');
