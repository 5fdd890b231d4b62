import { createHmac } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SECRET } from './faces';
import type { Sent } from './send';

/** A body of any size, made anew each time that it is read. */
export interface LargeBody {
  readonly bytes: number;
  readonly chunks: () => Iterable<Buffer>;
}

/** How many objects stand in one chunk. */
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

/** As many objects as fill so many bytes, between the text before and after them. */
function filled(
  bytes: number,
  [before, after]: readonly [string, string],
  toText: (id: number) => string,
): LargeBody & { readonly objects: number } {
  const each = Buffer.byteLength(toText(0)) + 1;
  const objects = Math.max(1, Math.ceil(bytes / each));
  return {
    objects,
    bytes: Buffer.byteLength(before) + objects * each - 1 + Buffer.byteLength(after),
    *chunks() {
      yield Buffer.from(before);
      for (let id = 0; id < objects; id += PER_CHUNK) {
        const count = Math.min(PER_CHUNK, objects - id);
        const texts = Array.from({ length: count }, (_, index) => toText(id + index));
        yield Buffer.from((id > 0 ? ',' : '') + texts.join(','));
      }
      yield Buffer.from(after);
    },
  };
}

/** A label of the first generation: its objects are JSON in a string. */
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

/** The same bytes over and over, which cost nothing to make. */
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

/** A delivery as Labelbox sends it, while it is made. */
export async function deliverLarge(
  url: string,
  body: LargeBody,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const signature = headers['x-hub-signature'] ?? signLarge(body);
  const outgoing = request(`${url}/webhooks/labelbox`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
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
      // Who is answered before the end has nothing more to say.
      outgoing.destroy();
      const { statusCode: status = 0, headers: received } = response;
      resolve({ status, headers: received, text, json: text ? JSON.parse(text) : undefined });
    });
  });
  pipeline(Readable.from(body.chunks()), outgoing).catch(() => {});
  return answer;
}

/** A sender that stops after so many bytes, and keeps the connection. */
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
