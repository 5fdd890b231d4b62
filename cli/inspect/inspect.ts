import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LabelrelayError } from '../../lib/errors';
import type { Topic } from '../../lib/events/topics';
import { followTap } from '../../lib/inspector/follow-tap';
import { createInspector } from '../../lib/inspector/inspector';
import { Ring } from '../../lib/inspector/ring';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { endAfter } from '../command/interruption';
import { duration, port } from '../command/parse';
import { findDeployment } from '../deployment/find-deployment';
import { events } from '../tail/events';
import { findTap, withoutTap } from '../tail/tap-of';
import { print, say } from '../terminal/print';
import { toJson } from '../terminal/to-json';
import { deployedPorts } from './deployed-ports';

/** `labelrelay inspect` */
export const inspect = define('inspect', 'Serve the inspector of a deployment on this machine', [
  ['labelrelay inspect --stage prod', 'open the address that it prints, until Ctrl-C'],
  ['labelrelay inspect --stage prod --port 0 --for 1h', 'on a free port, for an hour'],
])
  .option('--port <number>', 'the port on 127.0.0.1; 0 picks a free one', port, 3_001)
  .option('--for <duration>', 'end after this time', duration)
  .action(async ({ port: wanted, for: milliseconds }, command) => {
    const globals = globalsOf(command);
    const deployment = await findDeployment(globals);
    const { config } = deployment;
    const tap = findTap(deployment);
    const signal = endAfter(milliseconds);
    const ring = new Ring();
    const inspector = createInspector(ring, deployedPorts(deployment));
    const server = createServer((incoming, response) => {
      if (inspector.handle(incoming, response)) return;
      response.writeHead(404).end();
    });
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
      const message = `expected port ${wanted} to be free, got ${cause.code}: name another with --port`;
      throw new LabelrelayError('unavailable', message, { cause });
    });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    if (globals.json) print(toJson({ url: address, stage: config.stage }, 0));
    else print(`listening on ${address}`);
    if (process.stderr.isTTY) say('Ctrl-C ends it');
    // Labels, queues and held deliveries are shown without a tap too.
    if (!tap) say(`no deliveries are shown: ${withoutTap(deployment)}`);
    try {
      if (tap) {
        await followTap(
          textOf(events(tap, config, signal, () => true)),
          ring,
          (topic) => config.routes[topic as Topic] ?? [],
        );
      } else if (!signal.aborted) await once(signal, 'abort');
    } finally {
      inspector.stop();
      server.close();
      server.closeAllConnections();
    }
  });

async function* textOf(found: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const event of found) yield JSON.stringify(event);
}
