import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsSettings } from '../../config/read-config';
import { localCredentials } from './client-options';

/** Credentials as the SDK's providers give them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Finds credentials as the SDK's clients do, and again before they expire. */
export function awsCredentials(settings: AwsSettings): () => Promise<Credentials> {
  const local = localCredentials(settings);
  if (local) return async () => local;
  return defaultProvider({ clientConfig: { region: settings.region } });
}
