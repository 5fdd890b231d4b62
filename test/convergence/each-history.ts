import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AnyEvent } from '../../lib/consume/event';
import type { Random } from '../fuzz/random';
import { makeHistory } from './history';
import { playEach } from './play-each';
import type { Rehearsal, Stage } from './rehearse';

/** A client of which every call is a step, before it and before its answer is read. */
export const inSteps = <C extends DynamoDBClient | S3Client>(client: C, { step }: Stage): C =>
  new Proxy(client, {
    get: (target, name) =>
      name === 'send'
        ? async (command: never) => {
            await step();
            const send = target.send as (command: never) => Promise<unknown>;
            const answer = await send.call(target, command);
            await step();
            return answer;
          }
        : Reflect.get(target, name),
  });

/** Plays so many histories. Each has a source of its own, and so they may share a table. */
export async function eachHistory(
  count: number,
  play: (history: AnyEvent[], rehearsal: Omit<Rehearsal, 'handle' | 'stalls'>) => Promise<void>,
  make: (random: Random, index: number) => AnyEvent[],
): Promise<void> {
  await playEach(count, 'histories', (random, index) => {
    const history = make(random, index);
    const workers = 1 + random.below(8);
    return play(history, { random, workers, crash: random.pick([0, 0.05]) });
  });
}

export const histories = (random: Random, index: number): AnyEvent[] =>
  makeHistory(random, 1 + random.below(6)).map((event) => ({ ...event, source: `/s-${index}` }));
