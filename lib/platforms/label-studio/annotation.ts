import type { Annotation, Classification } from '../../events/types';
import { asId, asNumber, asObject, asText, type JsonObject } from '../../json/read';
import { isAnswer } from './answers';
import { classesOf, classNames } from './class-names';
import { toClassification } from './classification';
import type { Config } from './config';
import { geometry, hasPlace } from './geometry';
import { remainingOf, type Understood } from './remaining';

/**
 * Merges all results of one region into one annotation. If all of them are answers, each repeats the place of the
 * region, and one of them is used for it.
 */
export function toAnnotation(group: readonly JsonObject[], config: Config): Annotation {
  const answers = group.filter(isAnswer);
  const marks = group.filter((result) => !isAnswer(result));
  const found = firstUnderstood(marks.every(isClassAlone) ? group : marks, config);
  const results = marks.length > 0 ? marks : group;
  const main = found?.result ?? results[0] ?? {};
  const names = classNames(group);
  const about = aboutOf(main, group);

  const understoodOf = (result: JsonObject): Understood => ({
    about,
    names,
    main,
    members: result === main ? (found?.members ?? []) : [],
  });
  const common = {
    id: about.id,
    name: names[0],
    names: names.length > 1 ? names : undefined,
    control: asText((marks.find((mark) => classesOf(mark).length > 0) ?? marks[0])?.from_name),
    score: about.score,
    origin: about.origin,
    page: about.page,
    parentId: about.parentID,
    itemIndex: about.item_index,
    imageRotation: about.image_rotation,
    target: about.to_name,
  };
  const shape = found?.shape ?? { kind: 'other', native: results.length > 1 ? results : main };
  // No spreads into one literal: V8 would use a slow dictionary for each of many annotations.
  return Object.assign(common, shape, {
    classifications: [
      ...answers.map((answer) => toClassification(answer, config, understoodOf(answer))),
      ...toReading(about.ocrtext),
    ],
    other: found && joined(marks.map((mark) => remainingOf(mark, understoodOf(mark)))),
  });
}

/** The properties of a region beside its shape, by the names of the platform. The first result with one counts. */
function aboutOf(main: JsonObject, group: readonly JsonObject[]) {
  const { page, pageIndex, item_index, ocrtext } = asObject(main.value) ?? {};
  const results = [main, ...group.filter((result) => result !== main)];
  const first = <T>(member: string, read: (value: unknown) => T | undefined): T | undefined => {
    for (const result of results) {
      const value = read(result[member]);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const pageNumber = asNumber(page) ?? asNumber(pageIndex);
  return {
    id: asId(main.id),
    score: first('score', asNumber),
    origin: first('origin', asText),
    parentID: first('parentID', asId),
    item_index: first('item_index', asNumber) ?? asNumber(item_index),
    image_rotation: first('image_rotation', asNumber),
    to_name: first('to_name', asText),
    page: pageNumber,
    pageIndex: pageNumber,
    ocrtext: asText(ocrtext),
  };
}

/** Whether a result has classes only, and other results have the shape of its region. */
const isClassAlone = (result: JsonObject): boolean => result.type === 'labels' && !hasPlace(result);

/** Reads the shape of a region once, since its results repeat it, and it can be long. */
function firstUnderstood(results: readonly JsonObject[], config: Config) {
  // A text area has its own text in place of the marked text, which another result may have.
  for (const isHidden of [false, true]) {
    for (const result of results) {
      const found = hidesText(result) === isHidden ? geometry(result, config) : undefined;
      if (found) return { result, shape: found.shape, members: found.members };
    }
  }
  return undefined;
}

const hidesText = ({ type, value }: JsonObject): boolean =>
  type === 'textarea' && asObject(value)?.start !== undefined;

/** The transcription of a region is an answer, although it is stored with the shape. */
const toReading = (text: string | undefined): Classification[] =>
  text === undefined ? [] : [{ name: 'ocrtext', type: 'text', text }];

/** Joins the unread members of several results: those of the first, and beside them those of the others. */
function joined(parts: readonly (JsonObject | undefined)[]): JsonObject | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length > 1 ? { ...known[0], results: known.slice(1) } : known[0];
}
