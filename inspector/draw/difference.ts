import { answerText, questionOf } from './answers';
import { type Item, itemOf, type Status } from './items';
import { type Fields, fieldsOf, listOf, numbersOf, textOf } from './read';
import { clip, describe, json, num } from './words';

/** The changes from one version of a label to another. */
export interface Difference {
  /** The annotations of both versions. One that changed is there twice. */
  readonly items: readonly Item[];
  /** One sentence for each change. */
  readonly words: readonly string[];
}

/** Compares two versions of a label. Annotations are the same if they have the same id. */
export function differenceOf(before: Fields, after: Fields): Difference {
  const [old, now] = [before, after].map((label) => keyed(listOf(label.annotations).map(fieldsOf)));
  const items: Item[] = [];
  const words: string[] = [];
  const add = (annotation: Fields, status: Status): Item => {
    const item = itemOf(annotation, items.length, status);
    items.push(item);
    return item;
  };
  for (const [key, annotation] of now ?? []) {
    const earlier = old?.get(key);
    if (!earlier) {
      const item = add(annotation, 'added');
      words.push(`${titleOf(item)} was added: ${item.words}`);
    } else if (canonical(earlier) === canonical(annotation)) add(annotation, 'same');
    else {
      add(earlier, 'before');
      const item = add(annotation, 'after');
      words.push(...changesOf(earlier, annotation).map((change) => `${titleOf(item)} ${change}`));
    }
  }
  for (const [key, annotation] of old ?? []) {
    if (now?.has(key)) continue;
    const item = add(annotation, 'removed');
    words.push(`${titleOf(item)} was removed: ${item.words}`);
  }
  return { items, words: [...words, ...labelChanges(before, after)] };
}

/** Names of other scripts are isolated, so that they do not turn the sentence around. */
function titleOf({ name }: Item): string {
  const short = clip(name, 60);
  return /^[ -~]*$/.test(short) ? short : `\u2068${short}\u2069`;
}

/** By id; without one, by name, kind and order. */
function keyed(annotations: readonly Fields[]): Map<string, Fields> {
  const all = new Map<string, Fields>();
  for (const annotation of annotations) {
    const own = annotation.id === undefined ? [annotation.name, annotation.kind] : [annotation.id];
    let count = 0;
    while (all.has(json([...own, count]))) count++;
    all.set(json([...own, count]), annotation);
  }
  return all;
}

/** The JSON of a value, whatever the order of its members. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  ) ?? '';

const GEOMETRY = [
  ...['kind', 'bbox', 'rotation', 'corners', 'points', 'point', 'center', 'radii', 'rle', 'uri'],
  ...['start', 'end', 'startPath', 'endPath', 'text', 'parts', 'ranges', 'channel', 'keyframes'],
  ...['segments', 'boxes', 'geometry', 'page', 'frame', 'itemIndex', 'unit', 'native', 'colorRgb'],
];
const NAMES = ['name', 'names', 'value', 'schemaId', 'classifications'];

function changesOf(before: Fields, after: Fields): string[] {
  const isChanged = (name: string): boolean => canonical(before[name]) !== canonical(after[name]);
  const others = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !GEOMETRY.includes(name) && !NAMES.includes(name) && isChanged(name),
  );
  const names = (annotation: Fields): string => textOf(annotation.name) ?? 'no class';
  return [
    ...(names(before) === names(after) ? [] : [`was ${clip(names(before), 60)} before`]),
    ...(isChanged('names') && names(before) === names(after) ? ['has other classes'] : []),
    ...(GEOMETRY.some(isChanged) ? [moved(before, after)] : []),
    ...answerChanges(before, after).map((change) => `has another answer: ${change}`),
    ...others.map((name) => `has another ${name}: ${short(before[name])} → ${short(after[name])}`),
  ];
}

const short = (value: unknown): string => clip(value === undefined ? 'nothing' : json(value), 80);

function moved(before: Fields, after: Fields): string {
  const [from, to] = [numbersOf(before.bbox, 4), numbersOf(after.bbox, 4)];
  if (from && to && before.kind === after.kind) {
    const isMoved = from[0] !== to[0] || from[1] !== to[1];
    const isResized = from[2] !== to[2] || from[3] !== to[3];
    const at = (box: readonly number[]): string => `${num(box[0] ?? 0)}, ${num(box[1] ?? 0)}`;
    const of = (box: readonly number[]): string => `${num(box[2] ?? 0)} × ${num(box[3] ?? 0)}`;
    const parts = [
      ...(isMoved ? [`moved from ${at(from)} to ${at(to)}`] : []),
      ...(isResized ? [`resized from ${of(from)} to ${of(to)}`] : []),
    ];
    if (parts.length > 0) return parts.join(', ');
  }
  const [one, other] = [describe(before), describe(after)];
  return one === other ? `has another shape: ${other}` : `changed from ${one} to ${other}`;
}

function answerChanges(before: Fields, after: Fields): string[] {
  const [old, now] = [before, after].map(({ classifications }) => questions(classifications));
  const all = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return all.flatMap((question) => {
    const [one, other] = [old?.get(question), now?.get(question)];
    if (canonical(one) === canonical(other)) return [];
    const said = (answer: Fields | undefined): string =>
      answer ? clip(answerText(answer), 100) : 'no answer';
    const [was, is] = [said(one), said(other)];
    const title = clip(question.replace(/ \(\d+\)$/, ''), 60);
    return [was === is ? `${title}: ${is}, with other details` : `${title}: ${was} → ${is}`];
  });
}

/** Answers by their question. A question that is answered several times has a number. */
function questions(classifications: unknown): Map<string, Fields> {
  const all = new Map<string, Fields>();
  for (const answer of listOf(classifications).map(fieldsOf)) {
    let key = questionOf(answer);
    for (let count = 1; all.has(key); count++) key = `${questionOf(answer)} (${count})`;
    all.set(key, answer);
  }
  return all;
}

const STATES: Readonly<Record<string, string>> = {
  deleted: 'deleted',
  skipped: 'skipped',
  groundTruth: 'ground truth',
};

function labelChanges(before: Fields, after: Fields): string[] {
  const states = Object.entries(STATES).flatMap(([name, said]) => {
    const [was, is] = [before[name] === true, after[name] === true];
    return was === is ? [] : [`The label is ${is ? '' : 'no longer '}${said}`];
  });
  const isSame = canonical(before.relationships) === canonical(after.relationships);
  const counts = [before, after].map(({ relationships }) => listOf(relationships).length);
  return [
    ...states,
    ...answerChanges(before, after).map((change) => `Answer to ${change}`),
    ...(isSame ? [] : [`Relations changed: ${counts.join(' → ')}`]),
  ];
}

/** The labels of two versions of one subject, in pairs by their id. */
export function pairsOf(
  before: readonly Fields[],
  after: readonly Fields[],
): {
  readonly id: string | undefined;
  readonly before: Fields;
  readonly after: Fields;
  readonly note?: string;
}[] {
  const isSingle = before.length === 1 && after.length === 1;
  const find = (labels: readonly Fields[], id: unknown) => labels.find((label) => label.id === id);
  const pairs = after.map((label) => {
    const earlier = isSingle ? before[0] : find(before, label.id);
    return {
      id: textOf(label.id),
      before: earlier ?? {},
      after: label,
      ...(!earlier && { note: 'This label was added' }),
    };
  });
  const gone = before.filter((label) => !isSingle && !find(after, label.id));
  return [
    ...pairs,
    ...gone.map((label) => ({
      id: textOf(label.id),
      before: label,
      after: {},
      note: 'This label is gone',
    })),
  ];
}
