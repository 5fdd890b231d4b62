import { type AttributeValue, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoLabelTable } from '../../lib/aws/dynamodb/dynamo-label-table';
import { dynamoMarks } from '../../lib/aws/dynamodb/dynamo-marks';
import { dynamoValues } from '../../lib/aws/dynamodb/dynamo-values';
import { createWorker } from '../../lib/consume/create-worker';
import { topicOf } from '../../lib/consume/event';
import { inOrder } from '../../lib/consume/in-order';
import { keepNewest } from '../../lib/consume/keep-newest';
import { projectedTopics, projectLabels } from '../../lib/project-labels/project-labels';
import { startTables } from '../support/dynamo';
import { eachHistory, histories, inSteps } from './each-history';
import { expectedState, stateOf } from './history';
import { rehearse } from './rehearse';
import { makeStudioHistory } from './studio-history';

// Every call goes to a real server, so there are fewer of these.
const HISTORIES = process.env.PROPERTY_RUNS ? 500 : 60;

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

test('effects in order, with marks in DynamoDB', async () => {
  const table = await tables.create();
  await eachHistory(
    HISTORIES,
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
    HISTORIES,
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
    HISTORIES,
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
