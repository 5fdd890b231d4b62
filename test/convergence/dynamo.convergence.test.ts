import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoLabelTable } from '../../lib/aws/dynamodb/dynamo-label-table';
import { createWorker } from '../../lib/consume/create-worker';
import { topicOf } from '../../lib/consume/event';
import { keepNewest } from '../../lib/consume/keep-newest';
import { projectedTopics, projectLabels } from '../../lib/project-labels/project-labels';
import { startTables } from '../support/dynamo';
import { eachHistory, inSteps } from './each-history';
import { inTypeScript, playEffects, playValues } from './on-one-table';
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
  await playEffects(HISTORIES, [inTypeScript(await tables.create())]);
});

test('values that are kept in DynamoDB', async () => {
  const table = await tables.create();
  await playValues(HISTORIES, table, [inTypeScript(table)]);
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
