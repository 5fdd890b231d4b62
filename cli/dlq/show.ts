import { toLetter } from '../../lib/aws/operate/letter';
import { peek } from '../../lib/aws/operate/peek';
import { whereThere } from '../../lib/aws/operate/where-there';
import { DEAD_LETTER_SUFFIX } from '../../lib/events/queues';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { count } from '../command/parse';
import { findDeployment } from '../deployment/find-deployment';
import { printJson } from '../terminal/print';
import { printRows } from '../terminal/print-rows';
import { deadLetterQueues } from './dead-letter-queues';
import { tellMissing } from './tell-missing';

/** `labelrelay dlq show` */
export const show = define('show', 'Show dead letters without moving them', [
  ['labelrelay dlq show label-updated --stage prod', 'the first ten of a queue, with reasons'],
  ['labelrelay dlq show label-updated --limit 1 --body', 'one whole event'],
])
  .argument('[queue]', 'a queue, or its topic (default: all)')
  .option('--limit <number>', 'the most messages of each queue', count, 10)
  .option('--body', 'also the events, which contain annotations')
  .action(async (queue, { limit, body }, command) => {
    const globals = globalsOf(command);
    const deployment = await findDeployment(globals);
    const missing: string[] = [];
    const letters = await Promise.all(
      deadLetterQueues(deployment, queue).map(async ({ name, url }) => {
        const messages = await whereThere(peek(url, limit, deployment.config));
        if (!messages) missing.push(name + DEAD_LETTER_SUFFIX);
        return (messages ?? []).map((message) => toLetter(name, message));
      }),
    ).then((each) => each.flat());
    tellMissing(missing, queue);
    printRows(
      letters.map(({ event, ...rest }) => (body ? { ...rest, event } : rest)),
      [
        { head: 'QUEUE', value: (letter) => letter.queue },
        { head: 'SENT', value: ({ sent }) => sent?.slice(0, 19) },
        { head: 'SUBJECT', value: ({ subject }) => subject, shrinks: true },
        { head: 'WHY', value: ({ reason }) => reason, shrinks: true },
        { head: 'RECEIVES', value: ({ receives }) => receives, isExtra: true },
        { head: 'EVENT', value: ({ id }) => id, isExtra: true },
        { head: 'DELIVERY', value: ({ deliveryId }) => deliveryId, isExtra: true },
        { head: 'MESSAGE', value: ({ messageId }) => messageId, isExtra: true },
      ],
      globals,
      'no dead letters',
    );
    if (!body || globals.json) return;
    for (const { event } of letters) printJson(event);
  });
