import { heldDeliveries } from '../../lib/aws/operate/held-deliveries';
import { LabelrelayError } from '../../lib/errors';
import { bytesOf } from '../../lib/receive/body';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { openStored } from '../deliveries/open-stored';
import { topicsOf } from '../deliveries/topics-of';
import { findDeployment } from '../deployment/find-deployment';
import { plain } from '../terminal/plain';
import { print, printJson } from '../terminal/print';
import { pick } from './pick';

/** `labelrelay held show` */
export const show = define('show', 'Show a held delivery, and the topics of its events', [
  ['labelrelay held show 5a2f4c1e-9d3b-4c55-8d8e-0f7d5b1c2a3e', 'by the name from `held list`'],
  ['labelrelay held show held/parked/verified/… --body', 'also its bytes'],
])
  .argument('<name>', 'its key in the bucket, or the end of it')
  .option('--body', 'also the body, which contains annotations')
  .action(async (name, { body: withBody }, command) => {
    const { json } = globalsOf(command);
    const deployment = await findDeployment(globalsOf(command));
    const { key, state } = pick(await heldDeliveries(deployment.config), name);
    const stored = await openStored(key, deployment);
    if (!stored)
      throw new LabelrelayError('not-found', `expected ${key}, but it was delivered meanwhile`);
    const { id, arrival, size, inMemory } = stored;
    if (withBody && !inMemory)
      throw new LabelrelayError(
        'refused',
        `expected a body that fits into memory, got ${size} bytes`,
      );
    const shown = {
      key,
      state,
      id,
      source: arrival.source.name,
      received: arrival.receivedAt.toISOString(),
      bytes: size,
      topics: [...new Set(await topicsOf(stored, deployment))],
      headers: arrival.headers,
      ...(withBody && inMemory && { body: Buffer.from(bytesOf(inMemory.body)).toString() }),
    };
    if (json) printJson(shown);
    else for (const [field, value] of Object.entries(shown)) print(`${field}: ${toText(value)}`);
  });

const toText = (value: unknown): string =>
  plain(typeof value === 'string' ? value : JSON.stringify(value));
