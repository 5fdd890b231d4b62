import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onceFor } from '../../lib/aws/operate/once-for';
import { longTimeoutOptions, type Where } from '../../lib/aws/operate/where';

export const secretsManager = onceFor(
  (where: Where) => new SecretsManagerClient(longTimeoutOptions(where)),
);
