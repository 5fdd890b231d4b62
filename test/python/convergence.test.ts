import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoMarks } from '../../lib/aws/dynamodb/dynamo-marks';
import { dynamoValues } from '../../lib/aws/dynamodb/dynamo-values';
import { inOrder } from '../../lib/consume/in-order';
import { keepNewest } from '../../lib/consume/keep-newest';
import { eachHistory, histories, inSteps } from '../convergence/each-history';
import { expectedState, stateOf } from '../convergence/history';
import { rehearse } from '../convergence/rehearse';
import { startTables } from '../support/dynamo';
import { PythonBridge } from '../support/python-bridge';

const HISTORIES = process.env.PROPERTY_RUNS ? 500 : 24;

let tables: Awaited<ReturnType<typeof startTables>>;
let python: PythonBridge;
beforeAll(async () => {
  tables = await startTables();
  python = new PythonBridge();
});
afterAll(() => {
  python.stop();
  tables.stop();
});

const played = { typescript: 0, python: 0 };
afterAll(() => {
  process.stdout.write(`played = ${JSON.stringify(played)}\n`);
  expect(Math.min(...Object.values(played))).toBeGreaterThan(HISTORIES);
});

test('effects in order: workers in both languages on one table end in the same state', async () => {
  const table = { ...(await tables.create()), endpoint: tables.endpoint };
  await eachHistory(
    HISTORIES,
    async (history, rehearsal) => {
      const state: Record<string, string> = {};
      await rehearse(history, {
        ...rehearsal,
        stalls: false,
        async handle(event, stage) {
          const effect = async () => {
            await stage.step();
            state[`${event.source}/${event.subject}`] = stateOf(event);
            await stage.step();
          };
          const language = rehearsal.random.pick(['typescript', 'python'] as const);
          played[language]++;
          if (language === 'python') {
            return python.play(table, { guard: 'in_order', event, stage, handle: effect });
          }
          const marks = dynamoMarks({ ...table, client: inSteps(table.client, stage) }, stage.now);
          return inOrder(marks, { waitMs: 0, now: stage.now })(event, effect);
        },
      });
      python.abandon();
      expect(state).toEqual(expectedState(history));
    },
    histories,
  );
});

test('values: workers in both languages on one table keep the newest', async () => {
  const table = { ...(await tables.create()), endpoint: tables.endpoint };
  await eachHistory(
    HISTORIES,
    async (history, rehearsal) => {
      await rehearse(history, {
        ...rehearsal,
        stalls: true,
        async handle(event, stage) {
          const value = async () => stateOf(event);
          const language = rehearsal.random.pick(['typescript', 'python'] as const);
          played[language]++;
          if (language === 'python') {
            return python.play(table, { guard: 'keep_newest', event, stage, handle: value });
          }
          const client = inSteps(table.client, stage);
          return keepNewest(dynamoValues<string>({ ...table, client }))(event, value);
        },
      });
      python.abandon();
      for (const [key, state] of Object.entries(expectedState(history))) {
        const command = new GetItemCommand({ TableName: table.table, Key: { key: { S: key } } });
        const { Item } = await table.client.send(command);
        expect(JSON.parse(Item?.value?.S ?? '')).toBe(state);
      }
    },
    histories,
  );
});
