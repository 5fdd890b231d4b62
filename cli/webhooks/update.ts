import { Option } from '@commander-js/extra-typings';
import { LabelrelayError } from '../../lib/errors';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { globalsOf } from '../command/globals';
import { list } from '../command/parse';
import { printRows } from '../terminal/print-rows';
import { COLUMNS } from './columns';
import { open } from './open';
import { publicUrl } from './public-url';

/** `labelrelay webhooks update` */
export const update = define('update', 'Change a webhook: its topics, URL or status', [
  ['labelrelay webhooks update labelbox ckm0 --topics LABEL_CREATED,LABEL_DELETED', 'its topics'],
  ['labelrelay webhooks update label-studio 3 --status active', 'on again, after 50 failures'],
  [
    'labelrelay webhooks update labelbox ckm0 --url https://hooks.example.com/webhooks/labelbox',
    'its URL',
  ],
])
  .argument('<source>', 'the source, such as labelbox')
  .argument('<id>', 'the id from webhooks list')
  .option('--topics <names>', "the platform's own, with commas between, or all", list)
  .option('--url <url>', 'the URL that it sends to')
  .addOption(
    new Option('--status <status>', 'whether it sends').choices(['active', 'inactive'] as const),
  )
  .addOption(durationOption('--timeout <duration>', 'how long to wait for an answer', '30s'))
  .action(async (name, id, { topics, url, status, timeout }, command) => {
    const globals = globalsOf(command);
    if (!topics && !url && !status) {
      throw new LabelrelayError('usage', 'expected --topics, --url or --status, got none of them');
    }
    const { api, source } = await open(name, timeout, globals);
    const change = {
      url: url && publicUrl(url, source),
      status,
      topics: topics?.join() === 'all' ? ('all' as const) : topics,
    };
    printRows([await api.update(id, change)], COLUMNS, globals);
  });
