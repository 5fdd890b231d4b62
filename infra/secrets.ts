import { secretName } from '../lib/aws/secret-name';
import { logicalName, type Resources } from './settings';

export const secretId = (source: string): string => `${logicalName(source)}Secret`;

/** A generated secret for each source, which never stands in the template. */
export const secretResources = (sources: readonly string[], stage: string): Resources =>
  Object.fromEntries(
    sources.map((source) => [
      secretId(source),
      {
        Type: 'AWS::SecretsManager::Secret',
        Properties: {
          Name: secretName(stage, source),
          Description: `What ${source} signs its webhooks with`,
          GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true },
        },
      },
    ]),
  );
