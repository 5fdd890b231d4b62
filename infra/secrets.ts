import { secretName } from '../lib/aws/secrets-manager/secret-name';
import { keep } from './retain';
import { logicalName, type Resources, type Settings } from './settings';

export const secretId = (source: string): string => `${logicalName(source)}Secret`;

/**
 * A generated secret for each source. Its value is never in the template. A change of these properties would
 * generate a new value, and every delivery would be rejected.
 */
export const secretResources = ({ config, retain }: Settings): Resources =>
  keep(
    Object.fromEntries(
      [...config.sources.keys()].map((source) => [
        secretId(source),
        {
          Type: 'AWS::SecretsManager::Secret',
          Properties: {
            Name: secretName(config.stage, source),
            Description: `The secret of the webhooks of ${source}`,
            GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true },
          },
        },
      ]),
    ),
    retain,
  );
