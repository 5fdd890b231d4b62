import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsSettings } from '../config/read-config';
import { LabelrelayError } from '../errors';
import { Secret } from '../platforms/secret';
import type { ReadSecrets } from '../receive/cache-secrets';
import { clientOptions } from './client-options';
import { secretName } from './secret-name';

interface Version {
  readonly text: string;
  readonly createdAt: Date;
}

/**
 * The secrets of a source are the versions AWSCURRENT and AWSPREVIOUS of
 * `labelrelay/<stage>/<source>`; the previous one for a limited time after it was replaced.
 */
export function secretsManager(settings: AwsSettings): ReadSecrets {
  const client = new SecretsManagerClient(clientOptions(settings));

  const readVersion = async (source: string, stage: string): Promise<Version | undefined> => {
    try {
      const { SecretString, CreatedDate = new Date(0) } = await client.send(
        new GetSecretValueCommand({
          SecretId: secretName(settings.stage, source),
          VersionStage: stage,
        }),
      );
      if (SecretString === undefined) throw noText(source);
      return { text: SecretString, createdAt: CreatedDate };
    } catch (error) {
      // No such secret, or never rotated: an answer, not a failure.
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };

  return async (source) => {
    const [current, previous] = await Promise.all([
      readVersion(source, 'AWSCURRENT'),
      readVersion(source, 'AWSPREVIOUS'),
    ]);
    const overlapEnds = (current?.createdAt.getTime() ?? 0) + settings.secretOverlapMs;
    return [
      ...(current ? [new Secret(current.text)] : []),
      ...(previous ? [new Secret(previous.text, 'previous', overlapEnds)] : []),
    ].filter((secret) => secret.isValid());
  };
}

const noText = (source: string): LabelrelayError =>
  new LabelrelayError('unavailable', `expected a SecretString for source ${source}, got none`);
