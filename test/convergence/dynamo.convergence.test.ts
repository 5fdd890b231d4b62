import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoLabelTable } from '../../lib/aws/dynamodb/dynamo-label-table';
import { dynamoMarks } from '../../lib/aws/dynamodb/dynamo-marks';
import type { DynamoTable } from '../../lib/aws/dynamodb/dynamo-table';
import { dynamoValues } from '../../lib/aws/dynamodb/dynamo-values';
import { createWorker } from '../../lib/consume/create-worker';
import { type AnyEvent, topicOf } from '../../lib/consume/event';
import { inOrder } from '../../lib/consume/in-order';
import { keepNewest } from '../../lib/consume/keep-newest';
import { projectedTopics, projectLabels } from '../../lib/project-labels/project-labels';
import { Random } from '../fuzz/random';
import { startTables } from '../support/dynamo';
import { expectedState, makeHistory, stateOf } from './history';
import { type Rehearsal, rehearse, type Stage } from './rehearse';
import { makeStudioHistory } from './studio-history';

// Every call goes to a real server, so there are fewer of these.
const HISTORIES = process.env.PROPERTY_RUNS ? 500 : 60;
const SEED = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

/** A client of which every call is a step, before it and before its answer is read. */
const inSteps = (client: DynamoDBClient, { step }: Stage): DynamoDBClient =>
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

/** One table for all histories: each has a source of its own. */
async function eachHistory(
  table: Required<DynamoTable>,
  play: (history: AnyEvent[], rehearsal: Omit<Rehearsal, 'handle' | 'stalls'>) => Promise<void>,
  make: (random: Random, index: number) => AnyEvent[],
): Promise<void> {
  expect(table.table).toBeDefined();
  for (let index = 0; index < HISTORIES; index++) {
    const random = new Random(SEED, index);
    const history = make(random, index);
    const workers = 1 + random.below(8);
    await play(history, { random, workers, crash: random.pick([0, 0.05]) }).catch((error) => {
      process.stdout.write(`CONVERGENCE_SEED=${SEED}, history ${index}\n`);
      throw error;
    });
  }
  process.stdout.write(`histories = ${HISTORIES}, divergences = 0\n`);
}

const histories = (random: Random, index: number): AnyEvent[] =>
  makeHistory(random, 1 + random.below(6)).map((event) => ({ ...event, source: `/s-${index}` }));

test('effects in order, with marks in DynamoDB', async () => {
  const table = await tables.create();
  await eachHistory(
    table,
    async (history, rehearsal) => {
      const state: Record<string, string> = {};
      await rehearse(history, {
        ...rehearsal,
        stalls: false,
        async handle(event, stage) {
          const client = inSteps(table.client, stage);
          const marks = dynamoMarks({ ...table, client }, stage.now);
          return inOrder(marks, { waitMs: 0, now: stage.now })(event, async () => {
            await stage.step();
            state[`${event.source}/${event.subject}`] = stateOf(event);
            await stage.step();
          });
        },
      });
      expect(state).toEqual(expectedState(history));
    },
    histories,
  );
});

test('values that are kept in DynamoDB', async () => {
  const table = await tables.create();
  await eachHistory(
    table,
    async (history, rehearsal) => {
      await rehearse(history, {
        ...rehearsal,
        stalls: true,
        handle: (event, stage) =>
          keepNewest(dynamoValues<string>({ ...table, client: inSteps(table.client, stage) }))(
            event,
            async () => stateOf(event),
          ),
      });
      for (const [key, state] of Object.entries(expectedState(history))) {
        const command = new GetItemCommand({ TableName: table.table, Key: { key: { S: key } } });
        const { Item } = await table.client.send(command);
        expect(JSON.parse(Item?.value?.S ?? '')).toBe(state);
      }
    },
    histories,
  );
});

test('the state of labels: tasks and projects take theirs along, and ids are given again', async () => {
  const table = await tables.create('key', 'item');
  let source = '';
  let expected: Record<string, string> = {};
  await eachHistory(
    table,
    async (history, rehearsal) => {
      await rehearse(history, {
        ...rehearsal,
        stalls: true,
        handle(event, stage) {
          const client = inSteps(table.client, stage);
          const guard = keepNewest(dynamoLabelTable({ ...table, client }));
          return createWorker(projectLabels, { guard })(JSON.stringify(event));
        },
      });
      const items: Record<string, AttributeValue>[] = [];
      const scan = { TableName: table.table, ConsistentRead: true };
      for await (const { Items = [] } of paginateScan({ client: table.client }, scan)) {
        items.push(...Items);
      }
      const live = items
        .filter(({ key }) => key?.S?.startsWith(`/${source}/`))
        .filter(({ item, labels, buried }) => item?.S === 'state' && labels && !buried)
        .map(({ key, labels }) => [key?.S, JSON.parse(labels?.S ?? '')[0].updatedAt]);
      expect(Object.fromEntries(live)).toEqual(expected);
    },
    (random, index) => {
      source = `studio-${index}`;
      const { events, labels } = makeStudioHistory(random, source);
      expected = Object.fromEntries(Object.entries(labels).filter(([, fate]) => fate !== 'gone'));
      return events.filter((event) => projectedTopics.includes(topicOf(event)));
    },
  );
});
