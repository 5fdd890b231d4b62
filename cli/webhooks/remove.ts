import { LabelrelayError } from '../../lib/errors';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { globalsOf } from '../command/globals';
import { confirm } from '../terminal/confirm';
import { plain } from '../terminal/plain';
import { print, printJson } from '../terminal/print';
import { open } from './open';

/** `labelrelay webhooks delete` */
export const remove = define('delete', 'Delete a webhook; Labelbox keeps it as inactive', [
  ['labelrelay webhooks delete label-studio 3', 'delete one, after you confirm'],
])
  .argument('<source>', 'the source, such as labelbox')
  .argument('<id>', 'the id from webhooks list')
  .option('--project <id>', 'its project, if the organization does not list it')
  .addOption(durationOption('--timeout <duration>', 'how long to wait for an answer', '30s'))
  .option('-y, --yes', 'do not ask')
  .action(async (name, id, { project, timeout, yes }, command) => {
    const globals = globalsOf(command);
    const { api } = await open(name, timeout, globals);
    const webhook = (await api.list(project)).find((each) => each.id === id);
    if (!webhook)
      throw new LabelrelayError(
        'not-found',
        `expected a webhook ${id}: labelrelay webhooks list ${name}`,
      );
    await confirm(`The webhook ${id} to ${plain(webhook.url)} will stop sending.`, yes);
    await api.remove(id);
    if (globals.json) printJson({ deleted: id });
    else print(`deleted ${id}`);
  });
