import { beforeAll, expect, test } from '@jest/globals';
import { dynamoMilestones } from '../../lib/aws/dynamodb/dynamo-milestones';
import type { AnyEvent } from '../../lib/consume/event';
import { compareToMark } from '../../lib/consume/position';
import type { MilestoneReachedData } from '../../lib/events/types';
import type { Counted, Epoch, Fired } from '../../lib/milestones/epoch';
import type { Items } from '../../lib/milestones/items';
import { memoryMilestones } from '../../lib/milestones/memory-milestones';
import { readEpochs } from '../../lib/milestones/read-epochs';
import type { Rule } from '../../lib/milestones/rule';
import { type Group, scopeKey, scopeName } from '../../lib/milestones/scope';
import type { ScopeItem } from '../../lib/milestones/scope-items';
import { buildEvent } from '../../lib/testing/build-event';
import type { Random } from '../fuzz/random';
import { createTable } from '../support/dynamo';
import { innerDynamo } from '../support/inner-dynamo';
import { at, type MilestoneHistory, makeMilestoneHistory } from './milestone-history';
import { lengthOf, playEach } from './play-each';
import { type Played, playMilestones } from './rehearse-milestones';

const ON_SERVER = process.env.PROPERTY_RUNS ? 10_000 : 500;
const IN_MEMORY = process.env.PROPERTY_RUNS ? 10_000 : 50;
const DEPLOYMENTS = process.env.PROPERTY_RUNS ? 20_000 : 200;

let onServer: Items;
beforeAll(async () => {
  onServer = dynamoMilestones(await createTable(innerDynamo(), 'key', 'item'));
});

/** The history of a rule in its scope: the changes that counted, one after the other, and what fired. */
function lifeOf(group: Group, { writes }: Played) {
  const homes = [scopeKey(group), scopeKey({ source: group.source })].map(({ item }) => item);
  const counted: Counted[] = [];
  const fired = new Map<number, Fired>();
  let last: Epoch | undefined;
  for (const { item, value } of writes) {
    if (!homes.includes(item)) continue;
    const { states, from } = value as ScopeItem;
    // The own item of a project is then a copy.
    if (from !== undefined) continue;
    const placed = states.find(({ scope }) => scopeName(scope) === scopeName(group));
    const epoch = placed?.state.epochs[group.rule];
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

/** The group of a rule that counts an event. */
const groupOf = ({ name, on, by }: Rule, { type, source, data }: AnyEvent): Group | undefined => {
  if (!on.some((topic) => type === `labelrelay.${topic}`)) return undefined;
  const { project } = data as { project?: { id?: string } };
  return { rule: name, source: source.slice(1), ...(by === 'project' && { project: project?.id }) };
};

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
    const maxLength = random.pick([undefined, 0]);
    const rulesOf = () => history.rules;
    const play = { random, rulesOf, completion: false, crash, maxLength };
    expectRight(await playMilestones(history.events, itemsOf(), play), history);
  });

/** Deploys a rule by source while workers without it are still at work, in projects that they have counted in. */
async function playDeployment(random: Random, items: Items, index: number): Promise<void> {
  const rule: Rule = { name: 'both', on: ['label.created'], by: 'project', count: 2 };
  const added: Rule = { name: 'new', on: ['label.created'], by: 'source', count: 1_000 };
  const source = `mixed-${index}`;
  const number = lengthOf(random, 8);
  const projects = 1 + random.below(2);
  const events = Array.from({ length: number }, (_, id) =>
    buildEvent(
      'label.created',
      { project: { id: String(id % projects) }, labels: [{ id: String(id) }] },
      { source: `/${source}`, subject: `label/${id}`, recordedtime: at(0) },
    ),
  ) as AnyEvent[];
  const { published } = await playMilestones(events, items, {
    random,
    rulesOf: () => random.pick([[rule], [rule, added]]),
    completion: false,
    crash: random.pick([0, 0.02, 0.1]),
    maxLength: random.pick([undefined, 0]),
    isTorn: random.chance(0.5),
  });
  const fired = new Set(published.map((event) => JSON.stringify(event)));
  expect(new Set(published.map(({ id }) => id)).size).toBe(fired.size);
  const found = published.map(({ data }) => {
    const { project, epoch, subjects } = data as MilestoneReachedData;
    return `${project?.id}: ${epoch}, ${subjects}`;
  });
  // Each project fires at every second of its labels.
  const expected = Array.from({ length: projects }, (_, project) => {
    const labels = Math.ceil((number - project) / projects);
    const epochs = Math.max(0, Math.floor(labels / 2));
    return Array.from({ length: epochs }, (_, epoch) => `${project}: ${epoch + 1}, 2`);
  });
  expect([...new Set(found)].sort()).toEqual(expected.flat().sort());
  const states = await readEpochs(items, [rule]);
  const left = states.filter(({ group }) => group?.source === source);
  const open = left.map(({ epoch }) => epoch?.subjects ?? 0).reduce((sum, each) => sum + each, 0);
  expect(2 * expected.flat().length + open).toBe(number);
}

test('a rule by source that is being deployed changes nothing of rules by project', async () => {
  await playEach(DEPLOYMENTS, 'milestones of a deployment: histories', (random, index) =>
    playDeployment(random, memoryMilestones(), index),
  );
}, 3_600_000);

test('milestones in memory are those of the model', async () => {
  await playAll(IN_MEMORY, memoryMilestones, 'in memory');
}, 3_600_000);

test('milestones on a DynamoDB server are those of the model', async () => {
  await playAll(ON_SERVER, () => onServer, 'on a DynamoDB server');
}, 7_200_000);
