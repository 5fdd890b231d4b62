import type { Config } from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
import { retirePrevious, secretVersions } from '../aws/secret-versions';
import { sumMetric } from '../aws/sum-metric';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { globalsOf } from '../command/globals';
import { findDeployment } from '../deployment/find-deployment';
import { ago } from '../terminal/ago';
import { confirm } from '../terminal/confirm';
import { print, printJson } from '../terminal/print';
import { deployedSecret } from './deployed-secret';

const MINUTE_MS = 60_000;

/** `labelrelay secret retire` */
export const retire = define('retire', 'Stop accepting the replaced secret', [
  ['labelrelay secret retire labelbox --stage prod', 'once nothing uses it any more'],
])
  .argument('<source>', 'such as labelbox')
  .addOption(durationOption('--idle <duration>', 'how long it must be unused', '10m'))
  .option('--even-if-used', 'even if it is in use: its deliveries will be rejected')
  .option('-y, --yes', 'do not ask')
  .action(async (source, { idle, evenIfUsed, yes }, command) => {
    const { json } = globalsOf(command);
    const deployment = await findDeployment(globalsOf(command));
    const { config } = deployment;
    const name = deployedSecret(deployment, source);
    const { previous } = (await secretVersions(name, config)) ?? {};
    if (!previous)
      throw new LabelrelayError('not-found', `expected a replaced version of ${name}, got none`);
    if (!evenIfUsed) await expectIdle(source, { idle, replacedAt: previous.at }, config);
    await confirm(`The replaced version of ${name} will not be accepted any more.`, yes);
    await retirePrevious(name, previous.id, config);
    if (json) printJson({ secret: name, retired: previous.id });
    else
      print(
        `retired the replaced version of ${name}; every function applies this within 60 seconds`,
      );
  });

/** Deliveries before the replacement counted for the then current secret. @throws LabelrelayError `refused` */
async function expectIdle(
  source: string,
  { idle, replacedAt }: { readonly idle: number; readonly replacedAt: number },
  config: Config,
): Promise<void> {
  const since = Date.now() - idle;
  const used = await sumMetric('Verified.previous', source, since - MINUTE_MS, config);
  if (used === 0 && replacedAt <= since) return;
  const what =
    used > 0 ? `${used} deliveries used it` : `it was replaced ${ago(new Date(replacedAt))} ago`;
  throw new LabelrelayError(
    'refused',
    `expected the replaced secret to be idle for ${idle / 1_000} s (--idle), but ${what}: change the webhook first, or add --even-if-used`,
  );
}
