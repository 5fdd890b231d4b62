import { createHmac } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SECRET } from './faces';
import type { Sent } from './send';

/** A body of any size, generated each time that it is read. */
export interface LargeBody {
  /** The platform that sends it; Labelbox by default. */
  readonly source?: 'label-studio';
  readonly bytes: number;
  readonly chunks: () => Iterable<Buffer>;
}

/** The number of objects in one chunk. */
const PER_CHUNK = 500;
const BOX = (id: number) => ({
  featureId: `f${String(id).padStart(9, '0')}`,
  schemaId: 'schema-box',
  title: 'Car',
  value: 'car',
  color: '#1CE6FF',
  bbox: { top: 10 + (id % 7), left: 20, height: 30, width: 40 + (id % 5) },
  instanceURI: `https://api.example.com/masks/f${String(id).padStart(9, '0')}?token=SECRET-TOKEN`,
});
const V2_BOX = (id: number) => ({
  feature_id: `f${String(id).padStart(9, '0')}`,
  feature_schema_id: 'schema-box',
  name: 'Car',
  value: 'car',
  annotation_kind: 'ImageBoundingBox',
  classifications: [],
  bounding_box: { top: 10 + (id % 7), left: 20, height: 30, width: 40 + (id % 5) },
});

/** Fills a body of a given size with objects, between a text before and a text after them. */
function filled(
  bytes: number,
  [before, after]: readonly [string, string],
  toText: (id: number) => string,
  perChunk = PER_CHUNK,
): LargeBody & { readonly objects: number } {
  const each = Buffer.byteLength(toText(0)) + 1;
  const objects = Math.max(1, Math.ceil(bytes / each));
  return {
    objects,
    bytes: Buffer.byteLength(before) + objects * each - 1 + Buffer.byteLength(after),
    *chunks() {
      yield Buffer.from(before);
      for (let id = 0; id < objects; id += perChunk) {
        const count = Math.min(perChunk, objects - id);
        const texts = Array.from({ length: count }, (_, index) => toText(id + index));
        yield Buffer.from((id > 0 ? ',' : '') + texts.join(','));
      }
      yield Buffer.from(after);
    },
  };
}

/** A label of version 1: its objects are JSON in a string. */
export const v1Label = (bytes: number, id = 'label-1') =>
  filled(
    bytes,
    [
      `{"id":"${id}","createdAt":"2023-02-13T18:22:46Z","updatedAt":"2023-02-13T18:22:47Z","project":{"id":"project-1","name":"Project"},"dataRow":{"id":"row-1"},"label":"{\\"objects\\":[`,
      ']}","deleted":false}',
    ],
    (index) => JSON.stringify(JSON.stringify(BOX(index))).slice(1, -1),
  );

/** A row of an export. */
export const v2Row = (bytes: number, id = 'row-1') =>
  filled(
    bytes,
    [
      `{"data_row":{"id":"${id}","details":{"last_activity_at":"2024-05-01T10:00:00.000+00:00"}},"projects":{"project-1":{"name":"Project","labels":[{"id":"label-1","label_details":{"created_at":"2024-05-01T09:00:00.000+00:00","updated_at":"2024-05-01T09:30:00.000+00:00"},"annotations":{"objects":[`,
      '],"classifications":[]}}]}}}',
    ],
    (index) => JSON.stringify(V2_BOX(index)),
  );

/** The number of objects in each of many labels: more than 64 KiB. */
const PER_LABEL = 400;

/** A row of an export with many labels. */
export const manyLabels = (bytes: number, id = 'row-1') => {
  const objects = Array.from({ length: PER_LABEL }, (_, index) => V2_BOX(index));
  const body = filled(
    bytes,
    [
      `{"data_row":{"id":"${id}","details":{"last_activity_at":"2024-05-01T10:00:00.000+00:00"}},"projects":{"project-1":{"name":"Project","labels":[`,
      ']}}}',
    ],
    (index) =>
      JSON.stringify({ id: `l${String(index).padStart(9, '0')}`, annotations: { objects } }),
    1,
  );
  return { ...body, objects: body.objects * PER_LABEL };
};

/** The number of objects on each frame. */
const FEATURES = 20;
const KEYFRAME = (frame: number, feature: number) => ({
  feature_id: `clgjnpyse00${feature}ui3zx6fr1d880`,
  feature_schema_id: 'clgjnpschema0000000000box',
  name: 'Car',
  value: 'car',
  annotation_kind: 'VideoBoundingBox',
  classifications: [],
  bounding_box: { top: 100 + (frame % 7), left: 146.5, height: 243, width: 236 + (feature % 5) },
});
/** The member of one frame, by its number. */
function toFrame(index: number): string {
  const objects = Array.from({ length: FEATURES }, (_, feature) => KEYFRAME(index, 10 + feature));
  const byId = Object.fromEntries(objects.map((object) => [object.feature_id, object]));
  // The number has the same length for all frames.
  return `"${1_000_000 + index}":${JSON.stringify({ objects: byId, classifications: [] })}`;
}

/** A row of an export whose label is of a video. */
export const videoRow = (bytes: number, id = 'row-1') => {
  const body = filled(
    bytes,
    [
      `{"data_row":{"id":"${id}","details":{"last_activity_at":"2024-05-01T10:00:00.000+00:00"}},"projects":{"project-1":{"name":"Project","labels":[{"id":"label-1","label_details":{"created_at":"2024-05-01T09:00:00.000+00:00","updated_at":"2024-05-01T09:30:00.000+00:00"},"annotations":{"frames":{`,
      '},"segments":{},"classifications":[]}}]}}}',
    ],
    toFrame,
  );
  return { ...body, objects: body.objects * FEATURES };
};

/** One region in a hundred has a second result. */
const RESULT = (index: number) => ({
  id: `r${String(index % 100 === 99 ? index - 1 : index).padStart(9, '0')}`,
  type: 'rectanglelabels',
  from_name: 'label',
  to_name: 'image',
  original_width: 1_000,
  original_height: 1_000,
  image_rotation: 0,
  origin: 'manual',
  value: {
    x: 10 + (index % 7),
    y: 20,
    width: 30,
    height: 40,
    rotation: 0,
    rectanglelabels: ['Car'],
  },
  meta: { text: ['as long as what people write about it, or what a model adds to what it found '] },
});

/** An annotation of Label Studio. */
export const annotation = (bytes: number) => {
  const body = filled(
    bytes,
    [
      '{"action":"ANNOTATION_CREATED","annotation":{"id":1,"created_at":"2026-03-02T10:41:55Z","result":[',
      ']},"task":{"id":1,"data":{}},"project":{"id":1}}',
    ],
    (index) => JSON.stringify(RESULT(index)),
  );
  const objects = body.objects - Math.floor(body.objects / 100);
  return { ...body, objects, source: 'label-studio' as const };
};

/** Repeats the same bytes, which takes no time to generate. */
export function sameBytes(bytes: number): LargeBody {
  const chunk = Buffer.alloc(262_144, '[1,2,3]');
  return {
    bytes,
    *chunks() {
      for (let left = bytes; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
    },
  };
}

export function signLarge({ chunks }: LargeBody, secret = SECRET): string {
  const hmac = createHmac('sha1', secret);
  for (const chunk of chunks()) hmac.update(chunk);
  return `sha1=${hmac.digest('hex')}`;
}

/** Sends a delivery as Labelbox does, while its body is generated. */
export async function deliverLarge(
  url: string,
  body: LargeBody,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const signature = headers['x-hub-signature'] ?? signLarge(body);
  const outgoing = request(`${url}/webhooks/${body.source ?? 'labelbox'}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(body.source && { authorization: `Bearer ${SECRET}` }),
      ...(headers['transfer-encoding'] === undefined && { 'content-length': String(body.bytes) }),
      ...headers,
      'x-hub-signature': signature,
    },
  });
  const answer = new Promise<Sent>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      // A sender that is answered early stops sending.
      outgoing.destroy();
      const { statusCode: status = 0, headers: received } = response;
      resolve({ status, headers: received, text, json: text ? JSON.parse(text) : undefined });
    });
  });
  pipeline(Readable.from(body.chunks()), outgoing).catch(() => {});
  return answer;
}

/** A sender that stops after some bytes, and keeps the connection. */
export function sendPart(
  url: string,
  body: LargeBody,
  signature: string,
  bytes: number,
): ClientRequest {
  const outgoing = request(`${url}/webhooks/labelbox`, {
    method: 'POST',
    headers: { 'content-length': String(body.bytes), 'x-hub-signature': signature },
  });
  outgoing.on('error', () => {});
  let left = bytes;
  for (const chunk of body.chunks()) {
    outgoing.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return outgoing;
}

/** A sender with a forged signature that keeps the pace, and sends for as long as it is allowed to. */
export function sendForged(
  url: string,
  bytes: number,
  headers: Record<string, string> = {},
): ClientRequest {
  const outgoing = request(`${url}/webhooks/labelbox`, {
    method: 'POST',
    headers: {
      'content-length': String(bytes),
      'x-hub-signature': `sha1=${'0'.repeat(40)}`,
      ...headers,
    },
  });
  outgoing.on('error', () => {});
  // 2.5 MiB a second.
  const piece = Buffer.alloc(131_072);
  const timer = setInterval(() => outgoing.write(piece), 50);
  for (const end of ['response', 'close']) outgoing.once(end, () => clearInterval(timer));
  return outgoing;
}
