import { toUtc } from '../../../events/timestamp';
import type { Label } from '../../../events/types';
import { parseJson } from '../../../json/decode';
import { isNothing } from '../../../json/left-of';
import { EncodedItems } from '../../../json/long/encoded-items';
import type { MaybeLong } from '../../../json/long/maybe-long';
import { Members } from '../../../json/members';
import { isTooDeep } from '../../../json/nesting';
import { parseInParts } from '../../../json/parse-in-parts';
import {
  asBoolean,
  asId,
  asNumber,
  asObject,
  asText,
  isObject,
  type JsonObject,
  unlessEmpty,
} from '../../../json/read';
import { withUnread } from '../unread';
import { toAnnotation, toRelationship } from './annotation';
import { toClassifications } from './classification';

/** Converts a v1 label: the whole body, or the label inside a review. */
export const toLabel = (label: JsonObject): MaybeLong<Label> => ({
  id: asId(label.id),
  createdAt: toUtc(label.createdAt),
  updatedAt: toUtc(label.updatedAt),
  deleted: asBoolean(label.deleted),
  // Labels of 2018 have `Skip` in place of their content.
  skipped: asBoolean(label.skipped) ?? (label.label === 'Skip' || undefined),
  secondsToLabel: asNumber(label.secondsToLabel),
  createdBy: toPerson(label.user),
  agreement: asNumber(label.agreement),
  benchmarkAgreement: asNumber(label.benchmarkAgreement),
  ...toContent(label.label),
});

/** The length of a content from which it is read in parts, in characters. */
const LONG = 1_048_576;

/**
 * Reads the content, which is JSON in a string. In skipped labels it can be null or empty, and the rest of the label
 * still counts. The content of a video is the address of its frames. Labels of 2018 are keyed by class or are any
 * text, and are passed on unchanged.
 */
function toContent(value: unknown): Partial<MaybeLong<Label>> {
  const { parsed, encoded } = parseContent(value);
  const content = parsed === undefined ? value : parsed;
  if (isNothing(content) || isTooDeep(content)) return {};
  if (!isObject(content)) return { other: { label: content } };
  const members = new Members(content);
  const relationships = members.items('relationships');
  const annotations = members.items('objects')?.map(toAnnotation);
  return {
    framesUri: members.text('frames'),
    annotations: withUnread(
      encoded.length === 0 ? annotations : new EncodedItems([...encoded, encode(annotations)]),
      relationships,
      toRelationship,
    ),
    classifications: members.items('classifications')?.flatMap(toClassifications),
    relationships: relationships?.flatMap((each) => toRelationship(each) ?? []),
    other: members.left,
  };
}

/** Parses a content. The annotations of a long one are encoded at once, except for the last: they would take much memory. */
function parseContent(value: unknown): { parsed: unknown; encoded: readonly string[] } {
  if (typeof value !== 'string') return { parsed: value, encoded: [] };
  if (value.length >= LONG) {
    const encoded: string[] = [];
    const take = (objects: unknown[]) => encoded.push(encode(objects.map(toAnnotation)));
    const parsed = parseInParts(value, 'objects', take);
    if (parsed) return { parsed, encoded };
  }
  return { parsed: parseJson(value), encoded: [] };
}

const encode = (annotations: unknown): string => JSON.stringify(annotations).slice(1, -1);

export const toPerson = (user: unknown): Label['createdBy'] =>
  unlessEmpty({ id: asId(asObject(user)?.id), email: asText(asObject(user)?.email) });
