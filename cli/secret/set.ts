import { putSecret, secretVersions } from '../aws/secret-versions';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { findDeployment } from '../deployment/find-deployment';
import { confirm } from '../terminal/confirm';
import { print, printJson, say } from '../terminal/print';
import { deployedSecret } from './deployed-secret';
import { generateSecret, readSecretInput } from './new-secret';

const DAY_MS = 86_400_000;

/** `labelrelay secret set` */
export const set = define('set', 'Write the secret of a source', [
  [
    'labelrelay secret set labelbox --generate --stage prod --yes',
    'a random one, which is not shown',
  ],
  ['labelrelay secret set labelbox --yes < secret.txt', 'an existing one'],
])
  .argument('<source>', 'such as labelbox')
  .option('--generate', 'a random one: webhooks create gives it to the platform')
  .option('-y, --yes', 'do not ask')
  .action(async (source, { generate, yes }, command) => {
    const { json } = globalsOf(command);
    const deployment = await findDeployment(globalsOf(command));
    const { config } = deployment;
    const name = deployedSecret(deployment, source);
    const secret = generate ? generateSecret() : await readSecretInput();
    if ((await secretVersions(name, config))?.previous) {
      say(`${name} was changed before: the secret that was replaced then stops verifying at once`);
    }
    const days = config.secretOverlapMs / DAY_MS;
    await confirm(`${name} will change. The current secret verifies for ${days} more days.`, yes);
    await putSecret(name, secret, config);
    if (json) printJson({ secret: name });
    else print(`wrote ${name}; every function reads it within 60 seconds`);
  });
