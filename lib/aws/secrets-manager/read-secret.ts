import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import { secretClient } from './secret-client';

/** A secret that goes into a header. @throws LabelrelayError `denied` if it cannot */
export async function readSecret(settings: AwsSettings, name: string): Promise<string> {
  const { SecretString = '' } = await secretClient(settings).getSecretValue({ SecretId: name });
  if (/^[\x21-\x7e]+$/.test(SecretString.trim())) return SecretString.trim();
  const message = `expected printable characters without spaces in the secret ${name}, got something else`;
  throw new LabelrelayError('denied', message);
}
