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
  ['labelrelay webhooks update label-studio 3 --status active', 'after 50 failures, on again'],
  [
    'labelrelay webhooks update labelbox ckm0 --url https://hooks.example.com/webhooks/labelbox',
    'its URL',
  ],
])
  .argument('<source>', 'whose platform has it')
  .argument('<id>', 'as webhooks list tells it')
  .option('--topics <names>', "the platform's own, with commas between, or all", list)
  .option('--url <url>', 'where it sends to')
  .addOption(
    new Option('--status <status>', 'whether it sends').choices(['active', 'inactive'] as const),
  )
  .addOption(durationOption('--timeout <duration>', 'wait so long for an answer', '30s'))
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
