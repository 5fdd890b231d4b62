import { beforeAll, expect, test } from '@jest/globals';
import { dynamoMilestones } from '../../lib/aws/dynamodb/dynamo-milestones';
import type { AnyEvent } from '../../lib/consume/event';
import { compareToMark } from '../../lib/consume/position';
import type { MilestoneReachedData } from '../../lib/events/types';
import type { Counted, Epoch, Fired } from '../../lib/milestones/epoch';
import type { Items } from '../../lib/milestones/items';
import { memoryMilestones } from '../../lib/milestones/memory-milestones';
import { groupOf, type Rule } from '../../lib/milestones/rule';
import { type Group, scopeKey } from '../../lib/milestones/scope';
import type { ScopeState } from '../../lib/milestones/scope-state';
import { createTable } from '../support/dynamo';
import { innerDynamo } from '../support/inner-dynamo';
import { type MilestoneHistory, makeMilestoneHistory } from './milestone-history';
import { playEach } from './play-each';
import { type Played, playMilestones } from './rehearse-milestones';

// A history on the server costs five times as much as one in memory.
const ON_SERVER = process.env.PROPERTY_RUNS ? 10_000 : 100;
const IN_MEMORY = process.env.PROPERTY_RUNS ? 10_000 : 200;

let onServer: Items;
beforeAll(async () => {
  onServer = dynamoMilestones(await createTable(innerDynamo(), 'key', 'item'));
});

/** The history of a rule in its scope's item: the changes that counted, one after the other, and what fired. */
function lifeOf(group: Group, { writes }: Played) {
  const key = scopeKey(group);
  const counted: Counted[] = [];
  const fired = new Map<number, Fired>();
  let last: Epoch | undefined;
  for (const { value, ...at } of writes) {
    if (at.key !== key.key || at.item !== key.item) continue;
    const epoch = (value as ScopeState).epochs[group.rule];
    if (!epoch) continue;
    // Other writes of the item leave the log as it is, or empty it.
    if (JSON.stringify(epoch.log) !== JSON.stringify(last?.log)) counted.push(...epoch.log);
    for (const each of epoch.outbox) fired.set(each.epoch, each);
    last = epoch;
  }
  return { counted, fired: [...fired.values()], last };
}

/** Each change counts once, a subject's changes in their order, and its newest one in any case. */
function expectEachOnce(counted: readonly Counted[], events: readonly AnyEvent[], began: string) {
  const newest: Record<string, Counted> = {};
  for (const change of counted) {
    const before = newest[change.subject.key];
    if (before) expect(compareToMark(change, before)).toBeGreaterThan(0);
    newest[change.subject.key] = change;
  }
  const expected: Record<string, string> = {};
  for (const { recovered, time, source, subject, sequence = '' } of events) {
    if (recovered && Date.parse(time) <= Date.parse(began)) continue;
    const key = `${source}/${subject}`;
    if ((expected[key] ?? '') < sequence) expected[key] = sequence;
  }
  const found = Object.entries(newest).map(([key, { sequence }]) => [key, sequence]);
  expect(Object.fromEntries(found)).toEqual(expected);
}

const subjectsIn = (counted: readonly Counted[]): number =>
  new Set(counted.map(({ subject }) => subject.key)).size;

/** The reason why an epoch ended is true. */
function expectReason({ reason, subjects, firedAt, firstAt, lastAt }: Fired, rule: Rule): void {
  const { count = Number.POSITIVE_INFINITY, quietMs = 0, maxMs = 0 } = rule;
  if (reason === 'count') expect(subjects).toBe(count);
  else expect(subjects).toBeLessThan(count);
  const since = (time: string) => Date.parse(firedAt) - Date.parse(time);
  if (reason === 'quiet') expect(since(lastAt)).toBeGreaterThanOrEqual(quietMs);
  if (reason === 'max') expect(since(firstAt)).toBeGreaterThanOrEqual(maxMs);
}

/** Replays what counted in a group with plain sets. @returns what fired */
function expectGroup(rule: Rule, group: Group, events: readonly AnyEvent[], played: Played) {
  const { counted, fired, last } = lifeOf(group, played);
  expectEachOnce(counted, events, last?.began ?? '');
  for (const [index, each] of fired.entries()) {
    const subjects = subjectsIn(counted.filter(({ epoch }) => epoch === each.epoch));
    expect(each).toMatchObject({ epoch: index + 1, subjects });
    expectReason(each, rule);
  }
  const left = subjectsIn(counted.filter(({ epoch }) => epoch > fired.length));
  expect(last?.subjects).toBe(left);
  expect(left).toBeLessThan(rule.count ?? Number.POSITIVE_INFINITY);
  if (rule.quietMs || rule.maxMs) expect(left).toBe(0);
  return fired.map(({ firedAt: _, ...each }) => ({
    rule: rule.name,
    project: group.project,
    ...each,
  }));
}

function expectRight(played: Played, { rules, events }: MilestoneHistory): void {
  const expected = rules.flatMap((rule) => {
    const groups = new Map<string, { group: Group; own: AnyEvent[] }>();
    for (const event of events) {
      const group = groupOf(rule, event);
      const name = JSON.stringify(group);
      if (group) groups.set(name, { group, own: [...(groups.get(name)?.own ?? []), event] });
    }
    return [...groups.values()].flatMap(({ group, own }) => expectGroup(rule, group, own, played));
  });
  // However often it was published, a firing is one event.
  const published = new Map(played.published.map((event) => [event.id, event]));
  const texts = new Set(played.published.map((event) => JSON.stringify(event)));
  expect(texts.size).toBe(published.size);
  const found = [...published.values()].map(({ data }) => {
    const { source: _, project, ...each } = data as MilestoneReachedData;
    return { ...each, project: project?.id };
  });
  const sorted = (list: readonly object[]) =>
    list.map((each) => JSON.stringify(Object.entries(each).sort())).sort();
  expect(sorted(found)).toEqual(sorted(expected));
}

const playAll = (count: number, itemsOf: () => Items, where: string): Promise<void> =>
  playEach(count, `milestones ${where}: histories`, async (random, index) => {
    const history = makeMilestoneHistory(random, `s-${index}`);
    const crash = random.pick([0, 0.02, 0.1]);
    const play = { random, rules: history.rules, completion: false, crash };
    expectRight(await playMilestones(history.events, itemsOf(), play), history);
  });

test('milestones in memory are those of the model', async () => {
  await playAll(IN_MEMORY, memoryMilestones, 'in memory');
}, 3_600_000);

test('milestones on a DynamoDB server are those of the model', async () => {
  await playAll(ON_SERVER, () => onServer, 'on a DynamoDB server');
}, 7_200_000);
