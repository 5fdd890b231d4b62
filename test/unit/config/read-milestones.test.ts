import { expect, test } from '@jest/globals';
import { hasMilestones, readConfig } from '../../../lib/config/read-config';
import { neededTopics } from '../../../lib/milestones/needed-topics';

const BASE = { LABELRELAY_QUEUE_URL_BASE: 'https://sqs.us-east-1.amazonaws.com/123456789012/' };
const read = (rules: unknown, more = {}) =>
  readConfig({ ...BASE, LABELRELAY_MILESTONES: JSON.stringify(rules), ...more });
const problems = (rules: unknown): string[] => {
  try {
    read(rules);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

test('a rule is read with its durations, and its events go to the queue of the worker', () => {
  const rule = {
    name: 'retrain',
    on: ['label.created'],
    by: 'project',
    count: 500,
    quiet: '10m',
    max: '24h',
  };
  const config = read([
    rule,
    { ...rule, name: 'again', by: 'source', source: 'labelbox', project: 7 },
  ]);
  // 10 x 60 s; 24 x 3,600 s
  expect(config.milestones.rules).toEqual([
    {
      name: 'retrain',
      on: ['label.created'],
      by: 'project',
      count: 500,
      quietMs: 600_000,
      maxMs: 86_400_000,
    },
    expect.objectContaining({ by: 'source', source: 'labelbox', project: '7' }),
  ]);
  expect(config.routes['label.created']).toEqual(['label-created', 'milestones']);
  expect(config.routes['label.updated']).toEqual(['label-updated']);
  expect(neededTopics(read([], { LABELRELAY_COMPLETION: 'true' }).milestones)).toContain(
    'task.created',
  );
  expect(hasMilestones(read([]))).toBe(false);
});

test('every problem is reported at once', () => {
  const wrong = {
    name: 'A b',
    on: ['label'],
    by: 'team',
    source: 'x',
    count: 0,
    quiet: '10',
    max: '0s',
    quite: '1s',
  };
  expect(problems([wrong, { name: 'b', on: ['milestone.reached'], by: 'source' }, 5])).toHaveLength(
    8 + 2 + 5,
  );
  expect(problems({})).toEqual([
    expect.stringMatching(/^LABELRELAY_MILESTONES: expected JSON such as/),
  ]);
  const rule = { name: 'b', on: ['label.created'], by: 'source', count: 1 };
  // A list of one is no name and no duration.
  expect(problems([{ ...rule, source: ['labelbox'], quiet: ['10m'] }])).toHaveLength(2);
  expect(problems([rule, rule])).toEqual([
    'LABELRELAY_MILESTONES, rule 2, name: expected a name of its own, got "b"',
  ]);
});

test('a rule that waits for completions alone is a problem where they are switched off', () => {
  const rule = { name: 'done', on: ['task.completed'], by: 'project', count: 1 };
  const off = { LABELRELAY_COMPLETION: 'false' };
  expect(() => read([rule], off)).toThrow(
    /rule 1, on: expected a topic that comes: there are no completions.*LABELRELAY_COMPLETION/,
  );
  expect(() => read([{ ...rule, on: ['task.completed', 'label.created'] }], off)).not.toThrow();
  expect(() => read([rule], { LABELRELAY_COMPLETION: 'true' })).not.toThrow();
});

test('there are at most 100 rules, which fit into an item', () => {
  const rules = Array.from({ length: 101 }, (_, index) => ({
    name: `rule-${index}`,
    on: ['label.created'],
    by: 'project',
    count: 1,
  }));
  expect(problems(rules.slice(1))).toEqual([]);
  expect(problems(rules)).toEqual(['LABELRELAY_MILESTONES: expected at most 100 rules, got "101"']);
});
