import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from '@jest/globals';
import { dynamoMarks } from '../../lib/aws/dynamodb/dynamo-marks';
import type { DynamoTable } from '../../lib/aws/dynamodb/dynamo-table';
import { dynamoValues } from '../../lib/aws/dynamodb/dynamo-values';
import type { AnyEvent } from '../../lib/consume/event';
import type { Verdict } from '../../lib/consume/guard';
import { inOrder } from '../../lib/consume/in-order';
import { keepNewest } from '../../lib/consume/keep-newest';
import { eachHistory, histories, inSteps } from './each-history';
import { expectedState, stateOf } from './history';
import { rehearse, type Stage } from './rehearse';

/** An event that takes effect under a guard. */
export interface Played {
  readonly guard: 'in_order' | 'keep_newest';
  readonly event: AnyEvent;
  readonly stage: Stage;
  /** The handler. */
  readonly handle: () => Promise<unknown>;
}

/** A worker: its guard works on the table of all workers. */
export type PlayedBy = (played: Played) => Promise<Verdict>;

/** The worker in TypeScript, every call of which is a step. */
export const inTypeScript =
  (table: Required<DynamoTable>): PlayedBy =>
  ({ guard, event, stage, handle }) => {
    const stepped = { ...table, client: inSteps(table.client, stage) };
    if (guard === 'keep_newest') {
      return keepNewest(dynamoValues(stepped))(event, handle);
    }
    const marks = dynamoMarks(stepped, stage.now);
    return inOrder(marks, { waitMs: 0, now: stage.now })(event, async () => void (await handle()));
  };

/** Handlers with an effect: the state is that of the ordered run. */
export const playEffects = (count: number, workers: readonly PlayedBy[]): Promise<void> =>
  eachHistory(
    count,
    async (history, rehearsal) => {
      const state: Record<string, string> = {};
      await rehearse(history, {
        ...rehearsal,
        stalls: false,
        handle: (event, stage) =>
          rehearsal.random.pick(workers)({
            guard: 'in_order',
            event,
            stage,
            async handle() {
              await stage.step();
              state[`${event.source}/${event.subject}`] = stateOf(event);
              await stage.step();
            },
          }),
      });
      expect(state).toEqual(expectedState(history));
    },
    histories,
  );

/** Handlers that make a value: the newest one is stored. */
export const playValues = (
  count: number,
  { client, table }: Required<DynamoTable>,
  workers: readonly PlayedBy[],
): Promise<void> =>
  eachHistory(
    count,
    async (history, rehearsal) => {
      await rehearse(history, {
        ...rehearsal,
        stalls: true,
        handle: (event, stage) =>
          rehearsal.random.pick(workers)({
            guard: 'keep_newest',
            event,
            stage,
            handle: async () => stateOf(event),
          }),
      });
      for (const [key, state] of Object.entries(expectedState(history))) {
        const command = new GetItemCommand({ TableName: table, Key: { key: { S: key } } });
        const { Item } = await client.send(command);
        expect(JSON.parse(Item?.value?.S ?? '')).toBe(state);
      }
    },
    histories,
  );
