import type { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { AnyEvent } from '../../lib/consume/event';
import { Random } from '../fuzz/random';
import { makeHistory } from './history';
import type { Rehearsal, Stage } from './rehearse';

const SEED = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);

/** A client of which every call is a step, before it and before its answer is read. */
export const inSteps = (client: DynamoDBClient, { step }: Stage): DynamoDBClient =>
  new Proxy(client, {
    get: (target, name) =>
      name === 'send'
        ? async (command: GetItemCommand) => {
            await step();
            const answer = await target.send(command);
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
