import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AnyEvent } from '../../lib/consume/event';
import { Random } from '../fuzz/random';
import { makeHistory } from './history';
import type { Rehearsal, Stage } from './rehearse';

const SEED = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);

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
  for (let index = 0; index < count; index++) {
    const random = new Random(SEED, index);
    const history = make(random, index);
    const workers = 1 + random.below(8);
    await play(history, { random, workers, crash: random.pick([0, 0.05]) }).catch((error) => {
      process.stdout.write(`CONVERGENCE_SEED=${SEED}, history ${index}\n`);
      throw error;
    });
  }
  process.stdout.write(`histories = ${count}, divergences = 0\n`);
}

export const histories = (random: Random, index: number): AnyEvent[] =>
  makeHistory(random, 1 + random.below(6)).map((event) => ({ ...event, source: `/s-${index}` }));
