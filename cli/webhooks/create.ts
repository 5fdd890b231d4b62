import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { globalsOf } from '../command/globals';
import { list } from '../command/parse';
import { secretOf } from '../deployment/secret-of';
import { printRows } from '../terminal/print-rows';
import { COLUMNS } from './columns';
import { expectSingle } from './expect-single';
import { open } from './open';
import { publicUrl } from './public-url';

/** `labelrelay webhooks create` */
export const create = define('create', 'Register a webhook, with the URL and secret of a source', [
  ['labelrelay webhooks create labelbox --stage prod', 'all events of the organization'],
  ['labelrelay webhooks create label-studio --project 7 --stage prod', 'all events of a project'],
  [
    'labelrelay webhooks create labelbox --topics LABEL_CREATED,LABEL_UPDATED',
    'only some topics, by the names of the platform',
  ],
])
  .argument('<source>', 'the source, such as labelbox')
  .option('--project <id>', 'only this project; Label Studio requires one')
  .option(
    '--topics <names>',
    "the platform's own, with commas between (default: all it offers new webhooks)",
    list,
  )
  .option('--url <url>', "instead of the deployment's own URL, such as a tunnel's")
  .option('--double', 'even if another webhook sends the same events')
  .addOption(durationOption('--timeout <duration>', 'how long to wait for an answer', '30s'))
  .action(async (name, { project, topics, url, double, timeout }, command) => {
    const globals = globalsOf(command);
    const { deployment, api, source } = await open(name, timeout, globals);
    const wanted = { url: publicUrl(url ?? source.webhookUrl, source), topics, project };
    if (!double) await expectSingle(wanted, api);
    const secret = await secretOf(deployment, name);
    printRows([await api.create({ ...wanted, secret })], COLUMNS, globals);
  });
