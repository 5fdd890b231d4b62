import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { secretsManager, type Where } from './clients';

const NO_SECRET = /^(ResourceNotFound|InvalidRequest)Exception$/;

/** @returns undefined when there is no such secret, or no text in it */
export async function readSecret(
  SecretId: string,
  where: Where,
  VersionStage = 'AWSCURRENT',
): Promise<string | undefined> {
  try {
    const command = new GetSecretValueCommand({ SecretId, VersionStage });
    return (await secretsManager(where).send(command)).SecretString;
  } catch (error) {
    // The second is that of a secret that is to be deleted.
    if (error instanceof Error && NO_SECRET.test(error.name)) return undefined;
    throw error;
  }
}
