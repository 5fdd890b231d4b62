import {
  CreateSecretCommand,
  DescribeSecretCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { Where } from '../../lib/aws/operate/where';
import { replacedAt } from '../../lib/aws/secrets-manager/replaced-at';
import { secretsManager } from './secrets-manager';

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** The replaced version of a secret. */
export interface Replaced {
  readonly id: string;
  /** The latest time at which the version can have been replaced, in milliseconds since 1970. */
  readonly at: number;
}

export interface SecretVersions {
  /** Absent if it was removed, or there was none. */
  readonly previous?: Replaced;
}

/** @returns undefined if there is no such secret */
export async function secretVersions(
  SecretId: string,
  where: Where,
): Promise<SecretVersions | undefined> {
  const client = secretsManager(where);
  try {
    const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId }));
    const { LastChangedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
    const at = (stage: string) =>
      Versions.find(({ VersionStages = [] }) => VersionStages.includes(stage));
    const { VersionId: id, CreatedDate } = at(PREVIOUS) ?? {};
    if (id === undefined) return {};
    const replaced = replacedAt({
      currentCreatedAt: at(CURRENT)?.CreatedDate?.getTime() ?? 0,
      previousCreatedAt: CreatedDate?.getTime() ?? 0,
      changedAt: LastChangedDate?.getTime(),
    });
    return { previous: { id, at: replaced } };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Writes a new version, and creates the secret if there is none. The current version becomes the previous one. */
export async function putSecret(name: string, SecretString: string, where: Where): Promise<void> {
  const client = secretsManager(where);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    await client.send(new CreateSecretCommand({ Name: name, SecretString }));
  }
}

/** Removes the previous version. */
export async function retirePrevious(
  SecretId: string,
  RemoveFromVersionId: string,
  where: Where,
): Promise<void> {
  const stage = { SecretId, VersionStage: PREVIOUS, RemoveFromVersionId };
  await secretsManager(where).send(new UpdateSecretVersionStageCommand(stage));
}
