import { LabelrelayError } from '../../lib/errors';
import { previousVersion, retirePrevious } from '../aws/secret-versions';
import { sumMetric } from '../aws/sum-metric';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { globalsOf } from '../command/globals';
import { findDeployment } from '../deployment/find-deployment';
import { confirm } from '../terminal/confirm';
import { print, printJson } from '../terminal/print';
import { deployedSecret } from './deployed-secret';

/** `labelrelay secret retire` */
export const retire = define('retire', 'Have the secret that was replaced verify no more', [
  ['labelrelay secret retire labelbox --stage prod', 'when nothing uses it any more'],
])
  .argument('<source>', 'such as labelbox')
  .addOption(durationOption('--idle <duration>', 'it must not have been used for so long', '10m'))
  .option('--even-if-used', 'take it away although it is in use: those deliveries are refused')
  .option('-y, --yes', 'do not ask')
  .action(async (source, { idle, evenIfUsed, yes }, command) => {
    const { json } = globalsOf(command);
    const deployment = await findDeployment(globalsOf(command));
    const { config } = deployment;
    const name = deployedSecret(deployment, source);
    const version = await previousVersion(name, config);
    if (!version)
      throw new LabelrelayError('not-found', `expected a replaced version of ${name}, got none`);
    const used = await sumMetric('Verified.previous', source, Date.now() - idle - 60_000, config);
    if (used > 0 && !evenIfUsed) {
      const message = `expected the replaced secret to be idle, but ${used} deliveries used it: change the webhook first, or add --even-if-used`;
      throw new LabelrelayError('refused', message);
    }
    await confirm(`The replaced version of ${name} verifies nothing any more.`, yes);
    await retirePrevious(name, version, config);
    if (json) printJson({ secret: name, retired: version });
    else
      print(`retired the replaced version of ${name}; every function knows it within 60 seconds`);
  });
