import { isSameUrl } from '../../lib/webhook-api/same-url';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { globalsOf } from '../command/globals';
import { printRows } from '../terminal/print-rows';
import { COLUMNS } from './columns';
import { open } from './open';

/** `labelrelay webhooks list` */
export const list = define('list', 'Show the webhooks of a platform', [
  ['labelrelay webhooks list labelbox --stage prod', 'every webhook of the organization'],
  ['labelrelay webhooks list label-studio --project 7', 'those of one project'],
  ['labelrelay webhooks list labelbox --ours --json', 'those to this deployment'],
])
  .argument('<source>', 'the source, such as labelbox')
  .option('--project <id>', 'only those of this project')
  .option('--ours', 'only those that send to this deployment')
  .addOption(durationOption('--timeout <duration>', 'how long to wait for an answer', '30s'))
  .action(async (name, { project, ours, timeout }, command) => {
    const globals = globalsOf(command);
    const { api, source } = await open(name, timeout, globals);
    const webhooks = await api.list(project);
    printRows(
      webhooks.filter(({ url }) => !ours || isSameUrl(url, source.webhookUrl)),
      COLUMNS,
      globals,
      'no webhooks',
    );
  });
