import { type Fields, fieldsOf, listOf, numberOf, textOf } from './read';
import { clip, json } from './words';

/** The members that have an answer, and how each is said. */
const SAID: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  answers: (value) =>
    Array.isArray(value) ? value.map(fieldsOf).map(optionText).join(', ') : undefined,
  text: textOf,
  number: (value) => numberOf(value)?.toString(),
  rating: (value) => (typeof value === 'number' ? `rated ${value}` : undefined),
  datetime: textOf,
  selected: (value) => (typeof value === 'string' ? `${value} is preferred` : undefined),
  ranking: rankingText,
  native: (value) => json(value),
};

/** The answer to a question in one line, without the questions under its options. */
export function answerText(answer: Fields): string {
  const said = Object.entries(SAID).flatMap(([name, say]) =>
    answer[name] === undefined ? [] : (say(answer[name]) ?? []),
  );
  return said[0] || 'no answer';
}

/** An option by its name, or by its path from the root of a taxonomy. */
function optionText({ name, value, path }: Fields): string {
  const steps = listOf(path).filter((step) => typeof step === 'string');
  return steps.length > 1 ? steps.join(' / ') : (textOf(name) ?? textOf(value) ?? '?');
}

/** A list in order of rank, or whatever the platform sent. */
function rankingText(ranking: unknown): string {
  const list = listOf(ranking);
  const names = list.map((each) => {
    const fields = fieldsOf(each);
    return (
      textOf(each) ??
      textOf(fields.name) ??
      textOf(fields.model_config_name) ??
      textOf(fields.message_id)
    );
  });
  const isNamed = list.length > 0 && names.every((name) => name !== undefined);
  return isNamed ? names.map((name, index) => `${index + 1}. ${name}`).join(', ') : json(ranking);
}

/** The name of a question. */
export const questionOf = ({ name, value }: Fields): string =>
  textOf(name) ?? textOf(value) ?? 'answer';

/** Where an answer holds: its frames, its times, its picture, its message. */
export function whereOf({ frame, ranges, unit, group, itemIndex, messageId }: Fields): string {
  const isFrames = unit === undefined || unit === 'frame';
  const spans = listOf(ranges)
    .map(listOf)
    .slice(0, 5)
    .map(([from, to]) => `${String(from)} to ${String(to)}`);
  const parts = [
    numberOf(frame) === undefined ? '' : `frame ${numberOf(frame)}`,
    spans.length === 0
      ? ''
      : `${isFrames ? 'frames ' : ''}${spans.join(', ')}${isFrames ? '' : ` ${textOf(unit) ?? ''}`}`,
    textOf(group) ?? '',
    numberOf(itemIndex) === undefined ? '' : `picture ${(numberOf(itemIndex) ?? 0) + 1}`,
    textOf(messageId) === undefined ? '' : `message ${textOf(messageId)}`,
  ];
  return clip(parts.filter((part) => part !== '').join(', '), 200);
}
