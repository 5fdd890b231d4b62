import { secretName } from '../../lib/aws/secrets-manager/secret-name';
import { LabelrelayError } from '../../lib/errors';
import { readSecret } from '../aws/read-secret';
import { conceal } from '../terminal/conceal';
import type { Deployment } from './deployment';

/**
 * The current secret of a source.
 *
 * @throws LabelrelayError `not-found` if there is none, or only white space, with which no delivery verifies
 */
export async function secretOf({ config, secrets }: Deployment, source: string): Promise<string> {
  const name = secretName(config.stage, source);
  const secret = secrets ? secrets.get(source) : await readSecret(name, config);
  if (secret?.trim()) return conceal(secret);
  const message = secrets
    ? `expected a secret of ${source} in the environment, as \`npm start\` has it; got none`
    : `expected a secret ${name}, got none or an empty one: labelrelay secret set ${source}`;
  throw new LabelrelayError('not-found', message);
}
