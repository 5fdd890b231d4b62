import type { Geometry } from '../../../events/schemas/annotation';
import { asList, asNumber, asObject, asText, type JsonObject } from '../../read';
import { drawn } from '../drawn';
import { toBox } from '../pixels';

/**
 * The geometry of an exported object, told by the members it has: the list of `annotation_kind`s is
 * open. An object whose geometry is not understood is passed on as it came.
 */
export function geometry(object: JsonObject): Geometry {
  return (
    boxed(object) ??
    drawn(object) ??
    masked(object) ??
    written(asObject(asObject(object.conversational_location)?.location)) ??
    written(asObject(object.location)) ?? { kind: 'other', native: object }
  );
}

/** A box on an image, or on a page of a document. */
function boxed(object: JsonObject): Geometry | undefined {
  const bbox = toBox(object.bounding_box);
  if (!bbox) return undefined;
  const page = asNumber(object.page_number);
  const unit = asText(object.unit);
  return page === undefined ? { kind: 'bbox', bbox } : { kind: 'document-box', page, bbox, unit };
}

function masked(object: JsonObject): Geometry | undefined {
  const mask = asObject(object.composite_mask) ?? asObject(object.mask);
  const uri = asText(mask?.url);
  if (!uri) return undefined;
  const colorRgb = asList(mask?.color_rgb)?.map(asNumber);
  const isColor = colorRgb?.every((part) => part !== undefined);
  return { kind: 'mask', uri, colorRgb: isColor ? (colorRgb as number[]) : undefined };
}

/** A stretch of text by its characters, or by the tokens of a document's text layer. */
function written(location: JsonObject | undefined): Geometry | undefined {
  const groups = asList(location?.groups)?.map((group) => asObject(group) ?? {});
  if (groups) {
    const pages = new Set(groups.map((group) => asNumber(group.page_number)));
    return {
      kind: 'text-span',
      ...(pages.size === 1 && { page: [...pages][0] }),
      text: joined(groups.map((group) => asText(group.content) ?? asText(group.text))),
      tokens: groups.flatMap((group) => asList(group.tokens) ?? []),
    };
  }
  const start = asNumber(location?.start);
  const end = asNumber(location?.end);
  if (start === undefined && end === undefined) return undefined;
  return { kind: 'text-span', start, end, text: asText(location?.token) };
}

function joined(texts: readonly (string | undefined)[]): string | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length > 0 ? known.join(' ') : undefined;
}
