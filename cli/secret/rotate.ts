import { LabelrelayError } from '../../lib/errors';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { globalsOf } from '../command/globals';
import { catchInterruption } from '../command/interruption';
import { confirm } from '../terminal/confirm';
import { print, printJson } from '../terminal/print';
import { open } from '../webhooks/open';
import { isSameUrl } from '../webhooks/same-url';
import { deployedSecret } from './deployed-secret';
import { revoke, rotate as rotateInOrder } from './rotation';

/** `labelrelay secret rotate` */
export const rotate = define('rotate', 'Replace the secret of a source, with its platform', [
  ['labelrelay secret rotate labelbox --stage prod', 'without a refused delivery'],
  ['labelrelay secret rotate labelbox --revoke-now', 'when the secret has leaked'],
])
  .argument('<source>', 'such as labelbox')
  .option('--revoke-now', 'the old secret stops first; what comes with it meanwhile is refused')
  .option('--url <url>', 'the webhooks that have the secret, where it is not the own URL')
  .option('--project <id>', 'where they are, when the organization does not list them')
  .addOption(
    durationOption('--cache <duration>', 'for how long functions remember a secret', '70s'),
  )
  .addOption(
    durationOption('--first <duration>', 'wait so long for a delivery with the new one', '1h'),
  )
  .addOption(durationOption('--idle <duration>', 'the old one must be unused for so long', '10m'))
  .addOption(durationOption('--every <duration>', 'look so often', '15s'))
  .addOption(durationOption('--timeout <duration>', 'wait so long for an answer', '30s'))
  .option('-y, --yes', 'do not ask')
  .action(async (source, options, command) => {
    const globals = globalsOf(command);
    const { deployment, api, source: found } = await open(source, options.timeout, globals);
    const name = deployedSecret(deployment, source);
    const url = options.url ?? found.webhookUrl;
    const webhooks = (await api.list(options.project)).filter(
      (webhook) => webhook.status === 'active' && isSameUrl(webhook.url, url),
    );
    if (webhooks.length === 0) {
      throw new LabelrelayError(
        'not-found',
        `expected active webhooks to ${url}, got none: labelrelay webhooks list ${source}`,
      );
    }
    const ids = webhooks.map(({ id }) => id).join(', ');
    const rotation = { deployment, source, name, api, webhooks, times: options };
    if (options.revokeNow) {
      await confirm(`${name} is replaced at once, and the webhooks ${ids} with it.`, options.yes);
      await revoke(rotation);
    } else {
      await confirm(`${name} is replaced, and then the webhooks ${ids}.`, options.yes);
      catchInterruption();
      await rotateInOrder(rotation);
    }
    if (globals.json) printJson({ secret: name, webhooks: webhooks.map(({ id }) => id) });
    else print(`${name} is replaced`);
  });
