import type { Form, Members } from '../../../json/members';
import { asId, asList, asNumber, asObject, asText, type JsonObject } from '../../../json/read';
import type { Geometry } from '../../geometry';
import { toGeoJson } from '../geojson';
import { BOX, SPAN, toBox, toSpan } from '../pixels';
import { isOtherKind, toPointShape } from '../point-shape';

/**
 * Reads the geometry of an exported object by its members, since `annotation_kind` can have new values. If no
 * geometry is understood, the object is passed on unchanged.
 */
export function geometry(members: Members): Geometry {
  const shape =
    boxed(members) ??
    toPointShape(members) ??
    mapped(members) ??
    members.takeWhole('conversational_location', SAID, said) ??
    members.takeWhole('location', WRITTEN, written) ??
    masked(members);
  if (!shape) return { kind: 'other', native: members.object };
  // The kind is only passed on if it contradicts the geometry.
  if (KINDS[shape.kind]?.test(asText(members.object.annotation_kind) ?? '')) {
    members.skip(['annotation_kind']);
  }
  return shape;
}

/** Labelbox's names of exported kinds, after the name of the medium. */
const KINDS: Partial<Record<Geometry['kind'], RegExp>> = {
  bbox: /BoundingBox$/,
  'document-box': /BoundingBox$/,
  polygon: /Polygon$/,
  polyline: /(Polyline|Line)$/,
  point: /Point$/,
  mask: /Mask$/,
  'text-span': /(Entity|Token)$/,
  geo: /^Geo/,
};

/** A box on an image, or on a page of a document. */
function boxed(members: Members): Geometry | undefined {
  const bbox = members.takeWhole('bounding_box', BOX, toBox);
  if (!bbox) return undefined;
  const page = members.number('page_number');
  const unit = members.text('unit');
  return page === undefined
    ? { kind: 'bbox', bbox, unit }
    : { kind: 'document-box', page, bbox, unit };
}

function mapped(members: Members): Geometry | undefined {
  const shape = members.take('geojson', toGeoJson);
  return shape && { kind: 'geo', geometry: shape };
}

const MASK: Form = { url: asText, color_rgb: asNumber };

/**
 * If an object with a mask may have another shape too, neither is used. Two masks are two images of one shape, and
 * the one with the colors of all objects has more information.
 */
function masked(members: Members): Geometry | undefined {
  const toMask = (value: unknown): JsonObject | undefined =>
    asText(asObject(value)?.url) ? asObject(value) : undefined;
  const composite = members.takeWhole('composite_mask', MASK, toMask);
  const single = members.takeWhole('mask', MASK, toMask);
  const mask = composite ?? single;
  if (!mask || members.hasHolders || isOtherKind(members.object.annotation_kind)) return undefined;
  if (composite && single) members.leave('mask');
  const colorRgb = asList(mask.color_rgb)?.map(asNumber);
  const isColor = colorRgb?.every((part) => part !== undefined);
  return {
    kind: 'mask',
    uri: asText(mask.url),
    colorRgb: isColor ? (colorRgb as number[]) : undefined,
  };
}

const TOKENS = (value: unknown): unknown => value;
const WRITTEN: Form = {
  ...SPAN,
  token: asText,
  // Nothing refers to the id of a group.
  groups: { id: asId, page_number: asNumber, content: asText, text: asText, tokens: TOKENS },
};
const SAID: Form = { message_id: asId, location: WRITTEN };

/** A range in a message of a conversation. */
function said(value: unknown): Geometry | undefined {
  const span = written(asObject(value)?.location);
  return span && { ...span, messageId: asId(asObject(value)?.message_id) };
}

type Span = Extract<Geometry, { kind: 'text-span' }>;

/** A range of text by its characters, or by the tokens of a document's text layer. */
function written(value: unknown): Span | undefined {
  const location = asObject(value);
  const groups = asList(location?.groups)?.map((group) => asObject(group) ?? {});
  const text = asText(location?.token);
  const span = toSpan(location);
  if (!groups?.length) return span && { kind: 'text-span', ...span, text };
  const parts = toParts(groups);
  const [only] = parts;
  return {
    kind: 'text-span',
    ...span,
    ...(parts.length === 1 ? { text, ...only } : { text, parts }),
  };
}

/** The part on each page. Consecutive groups of one page are merged. */
function toParts(groups: readonly JsonObject[]): NonNullable<Span['parts']> {
  const parts: { page?: number; text?: string; tokens: unknown[] }[] = [];
  for (const group of groups) {
    const page = asNumber(group.page_number);
    const text = asText(group.content) ?? asText(group.text);
    const tokens = asList(group.tokens) ?? [];
    const last = parts.at(-1);
    if (last && last.page === page) {
      if (text !== undefined) last.text = last.text === undefined ? text : `${last.text} ${text}`;
      last.tokens.push(...tokens);
    } else parts.push({ page, text, tokens: [...tokens] });
  }
  return parts;
}
