import type { AwsSettings } from '../config/read-config';
import { LabelrelayError } from '../errors';
import { Secret } from '../platforms/secret';
import type { ReadSecrets } from '../receive/cache-secrets';
import { isNoSecret } from './is-no-secret';
import { secretClient } from './secret-client';
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
  const getSecretValue = secretClient(settings);

  const readVersion = async (source: string, stage: string): Promise<Version | undefined> => {
    try {
      const answer = await getSecretValue({
        SecretId: secretName(settings.stage, source),
        VersionStage: stage,
      });
      const { SecretString, SecretBinary, CreatedDate = 0 } = answer;
      if (SecretString !== undefined) {
        return { text: SecretString, createdAt: new Date(CreatedDate * 1_000) };
      }
      if (SecretBinary !== undefined) return undefined;
    } catch (error) {
      if (isNoSecret(error)) return undefined;
      throw error;
    }
    throw new LabelrelayError(
      'unavailable',
      `expected a secret of ${source}, got none in the answer`,
    );
  };

  return async (source, { isWhole }) => {
    // One after the other: a rotation between the two gives the old secret twice, never not at all.
    const current = await readVersion(source, 'AWSCURRENT');
    const previous = isWhole ? await readVersion(source, 'AWSPREVIOUS') : undefined;
    const overlapEnds = (current?.createdAt.getTime() ?? 0) + settings.secretOverlapMs;
    return [
      ...(current ? [new Secret(current.text)] : []),
      ...(previous ? [new Secret(previous.text, 'previous', overlapEnds)] : []),
    ].filter((secret) => !secret.isEmpty);
  };
}
