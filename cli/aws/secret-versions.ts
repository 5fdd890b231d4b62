import {
  CreateSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { secretsManager, type Where } from './clients';

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

export interface SecretVersions {
  /** When the current one was written, in milliseconds since 1970. */
  readonly writtenAt: number;
  /** The id of the one it replaced; undefined when that was taken away, or there was none. */
  readonly previous?: string;
}

/** @returns undefined when there is no such secret */
export async function secretVersions(
  SecretId: string,
  where: Where,
): Promise<SecretVersions | undefined> {
  try {
    const asked = new ListSecretVersionIdsCommand({ SecretId });
    const { Versions = [] } = await secretsManager(where).send(asked);
    const at = (stage: string) =>
      Versions.find(({ VersionStages = [] }) => VersionStages.includes(stage));
    const writtenAt = at(CURRENT)?.CreatedDate?.getTime() ?? 0;
    return { writtenAt, previous: at(PREVIOUS)?.VersionId };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Writes a new version, of a new secret where there is none. What it replaces is the previous one. */
export async function putSecret(name: string, SecretString: string, where: Where): Promise<void> {
  const client = secretsManager(where);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    await client.send(new CreateSecretCommand({ Name: name, SecretString }));
  }
}

/** Takes the previous version away. */
export async function retirePrevious(
  SecretId: string,
  RemoveFromVersionId: string,
  where: Where,
): Promise<void> {
  const stage = { SecretId, VersionStage: PREVIOUS, RemoveFromVersionId };
  await secretsManager(where).send(new UpdateSecretVersionStageCommand(stage));
}
