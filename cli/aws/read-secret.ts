import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Where } from '../../lib/aws/operate/where';
import { isNoSecret } from '../../lib/aws/secrets-manager/is-no-secret';
import { secretsManager } from './secrets-manager';

/** @returns undefined if there is no such secret, or it has no text */
export async function readSecret(
  SecretId: string,
  where: Where,
  VersionStage = 'AWSCURRENT',
): Promise<string | undefined> {
  try {
    const command = new GetSecretValueCommand({ SecretId, VersionStage });
    return (await secretsManager(where).send(command)).SecretString;
  } catch (error) {
    if (isNoSecret(error)) return undefined;
    throw error;
  }
}
