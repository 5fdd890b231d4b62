import { derivedTopics, type Topic, topics } from '../events/topics';
import { parseJson } from '../json/decode';
import { isObject, type JsonObject } from '../json/read';
import type { Rule } from '../milestones/rule';
import { parseDuration } from './duration';
import type { EnvironmentReader } from './environment';

const EXPECTED =
  'JSON such as [{"name": "retrain", "on": ["label.created"], "by": "project", "count": 500, "quiet": "10m"}]';
const MEMBERS = ['name', 'on', 'by', 'source', 'project', 'count', 'quiet', 'max'];
/** The state of all rules in a project is one item of DynamoDB, which has a limit of 400 KB. */
const MAX_RULES = 100;
/** Nine digits and a unit. */
const MAX_LENGTH = 10;
/** The longest wait of a rule. */
const MAX_MS = 366 * 86_400_000;

/** The configuration that rules refer to. */
interface Known {
  /** By name. A rule of any other source is a problem. */
  readonly sources: ReadonlyMap<string, unknown>;
  /** Whether completions are found. A rule that waits for nothing else could never fire. */
  readonly completion: boolean;
}

/** @param variable has the rules as JSON */
export function readMilestones(
  reader: EnvironmentReader,
  variable: string,
  known: Known,
): readonly Rule[] {
  const text = reader.text(variable, '[]');
  const list = parseJson(text);
  if (!Array.isArray(list)) {
    reader.wrong(variable, EXPECTED, text);
    return [];
  }
  if (list.length > MAX_RULES) {
    reader.wrong(variable, `at most ${MAX_RULES} rules`, String(list.length));
  }
  const names = new Set<unknown>();
  return list.map((value, index) => {
    const where = `${variable}, rule ${index + 1}`;
    if (!isObject(value)) reader.wrong(where, EXPECTED, JSON.stringify(value));
    const rule = isObject(value) ? value : {};
    const { name } = rule;
    if (names.has(name)) reader.wrong(`${where}, name`, 'a name of its own', String(name));
    names.add(name);
    return readRule(rule, where, reader, known);
  });
}

function readRule(
  rule: JsonObject,
  where: string,
  reader: EnvironmentReader,
  { sources, completion }: Known,
): Rule {
  const { name, on, by, source, project, count } = rule;
  const expect = (member: string, isRight: boolean, expected: string): void => {
    const value = rule[member];
    const came = typeof value === 'string' ? value : JSON.stringify(value);
    if (!isRight) reader.wrong(`${where}, ${member}`, expected, came ?? 'nothing');
  };
  for (const member of Object.keys(rule)) {
    if (!MEMBERS.includes(member)) reader.wrong(where, `only ${MEMBERS.join(', ')}`, member);
  }
  expect('name', isName(name), 'a name of 1 to 32 of a-z, 0-9 and hyphens');
  expect('on', isTopicList(on), 'a list of topics, without milestone.reached');
  expect(
    'on',
    completion || !isTopicList(on) || !on.every(isDerived),
    'a topic that comes: there are no completions, since they are switched off (completion, LABELRELAY_COMPLETION)',
  );
  expect('by', by === 'project' || by === 'source', 'project or source');
  expect(
    'source',
    source === undefined || (isText(source) && sources.has(source)),
    'the name of a source',
  );
  expect('project', project === undefined || isId(project), 'the id of a project');
  expect('count', count === undefined || isCount(count), 'a whole number from 1 to 1000000');
  const duration = (member: 'quiet' | 'max'): number | undefined => {
    const ms = toMs(rule[member]);
    expect(
      member,
      rule[member] === undefined || ms !== undefined,
      'a duration such as 30s, 10m, 24h or 7d',
    );
    return ms;
  };
  const [quietMs, maxMs] = [duration('quiet'), duration('max')];
  if ([count, rule.quiet, rule.max].every((each) => each === undefined)) {
    reader.wrong(where, 'at least one of count, quiet and max', 'none');
  }
  return {
    name: String(name),
    on: isTopicList(on) ? on : [],
    by: by === 'source' ? 'source' : 'project',
    source: isText(source) ? source : undefined,
    project: isId(project) ? String(project) : undefined,
    count: isCount(count) ? count : undefined,
    quietMs,
    maxMs,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
/** YAML reads the id of a project of Label Studio as a number. */
const isId = (value: unknown): boolean => isText(value) || Number.isSafeInteger(value);
const isName = (value: unknown): boolean => isText(value) && /^[a-z0-9-]{1,32}$/.test(value);
const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1_000_000;

const isTopicList = (value: unknown): value is Rule['on'] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((topic) => topics.includes(topic) && topic !== 'milestone.reached');

const isDerived = (topic: Topic): boolean => (derivedTopics as readonly Topic[]).includes(topic);

function toMs(value: unknown): number | undefined {
  const ms = isText(value) && value.length <= MAX_LENGTH ? parseDuration(value) : undefined;
  return ms !== undefined && ms > 0 && ms <= MAX_MS ? ms : undefined;
}
