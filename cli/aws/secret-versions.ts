import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { secretsManager, type Where } from './clients';

const PREVIOUS = 'AWSPREVIOUS';

/** The version that was replaced last; undefined when it was taken away, or nothing was replaced. */
export async function previousVersion(SecretId: string, where: Where): Promise<string | undefined> {
  const { VersionIdsToStages = {} } = await secretsManager(where).send(
    new DescribeSecretCommand({ SecretId }),
  );
  return Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes(PREVIOUS));
}

/** Writes a new version. What was current is the previous one now, and what was previous is gone. */
export async function putSecret(
  SecretId: string,
  SecretString: string,
  where: Where,
): Promise<void> {
  await secretsManager(where).send(new PutSecretValueCommand({ SecretId, SecretString }));
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
