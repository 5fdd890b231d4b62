import { secretName } from '../../lib/aws/secrets-manager/secret-name';
import { LabelrelayError } from '../../lib/errors';
import { type Deployment, sourceOf } from '../deployment/deployment';

/**
 * The name of a source's secret in Secrets Manager.
 *
 * @throws LabelrelayError `usage` for `npm start`, `not-found` if there is no such source
 */
export function deployedSecret(deployment: Deployment, source: string): string {
  if (deployment.secrets) {
    const message =
      '`npm start` reads its secrets from its environment: start it again with others, as docs/configuration.md says';
    throw new LabelrelayError('usage', message);
  }
  return secretName(deployment.config.stage, sourceOf(deployment, source).name);
}
