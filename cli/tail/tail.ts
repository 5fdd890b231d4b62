import { LabelrelayError } from '../../lib/errors';
import { type Topic, topics } from '../../lib/events/topics';
import { define } from '../command/define';
import { EXIT } from '../command/exit-code';
import { globalsOf } from '../command/globals';
import { endAfter } from '../command/interruption';
import { count, duration } from '../command/parse';
import { findDeployment } from '../deployment/find-deployment';
import { print, say } from '../terminal/print';
import { toJson } from '../terminal/to-json';
import { type Event, events } from './events';
import { summarize, summaryOf } from './summarize';
import { tapOf } from './tap-of';

/** `labelrelay tail` */
export const tail = define('tail', 'Show events as they arrive, from the tap', [
  ['labelrelay tail --summary --stage prod', 'one line for each event, until Ctrl-C'],
  [
    'labelrelay tail label.updated --json | jq .subject',
    'one topic, one line of JSON for each event',
  ],
  ['labelrelay tail --limit 1 --for 30s', 'one event: exit code 3 if none comes'],
])
  .argument('[topic]', 'only this topic')
  .option('--summary', 'one line for each event, without the data')
  .option('--limit <number>', 'end after this many events', count)
  .option('--for <duration>', 'end after this time', duration)
  .action(async (topic, { summary, limit, for: milliseconds }, command) => {
    const globals = globalsOf(command);
    expectTopic(topic);
    const deployment = await findDeployment(globals);
    const url = tapOf(deployment);
    const signal = endAfter(milliseconds);
    if (process.stderr.isTTY) say('listening; Ctrl-C ends it');
    let shown = 0;
    const isWanted = ({ type }: Event) => topic === undefined || type === `labelrelay.${topic}`;
    const width = Math.max(0, ...deployment.sources.map(({ name }) => name.length));
    for await (const event of events(url, deployment.config, signal, isWanted)) {
      if (globals.json) print(toJson(summary ? summaryOf(event) : event, 0));
      else print(summary ? summarize(event, width) : toJson(event, 2));
      if (++shown === limit) break;
    }
    if (limit !== undefined && shown < limit) process.exitCode = EXIT.findings;
  });

/** @throws LabelrelayError `usage` */
function expectTopic(topic: string | undefined): asserts topic is Topic | undefined {
  if (topic === undefined || (topics as readonly string[]).includes(topic)) return;
  throw new LabelrelayError('usage', `expected a topic of ${topics.join(', ')}, got ${topic}`);
}
