import { LabelrelayError } from '../errors';
import { recordingOf } from './deliveries';
import type { InspectorPorts, Sender, Sent } from './ports';
import type { Ring } from './ring';

/** @throws LabelrelayError `refused` where nothing can be sent */
function senderOf({ sender }: InspectorPorts): Sender {
  if (sender) return sender;
  throw new LabelrelayError('refused', 'expected `npm start`: the page of a deployment only reads');
}

/**
 * Sends the bytes of a delivery again, signed anew.
 *
 * @throws LabelrelayError `not-found` if they are not in memory
 */
export async function sendAgain(ring: Ring, ports: InspectorPorts, n: number): Promise<Sent> {
  const sender = senderOf(ports);
  const { row, content, platform, note } = recordingOf(ring, n);
  const isWhole = content?.body && content.body.length === row.bytes;
  if (!content?.body || !isWhole || !platform) {
    throw new LabelrelayError('not-found', note ?? 'expected a whole body, got none');
  }
  const names = new Set(['content-type', ...platform.headers]);
  const headers = Object.fromEntries(
    content.headers
      .filter(({ name, isMasked }) => !isMasked && names.has(name))
      .map(({ name, value }) => [name, value]),
  );
  return sender.send({ source: row.source, headers, body: content.body });
}

/**
 * Sends one fixture, or all of them twice and in random order.
 *
 * @param body `{"fixture": "<platform>/<name>"}` or `{"all": true}`
 * @throws LabelrelayError `usage`, `not-found`
 */
export async function sendFixtures(ports: InspectorPorts, body: string): Promise<readonly Sent[]> {
  const sender = senderOf(ports);
  const { fixture, all } = parse(body);
  if (all === true) return sender.sendAll();
  const [, platform, name] = /^([^/]+)\/([^/]+)$/.exec(String(fixture)) ?? [];
  if (platform && name) return [await sender.sendFixture(platform, name)];
  throw new LabelrelayError('usage', 'expected a fixture, or all, got neither');
}

function parse(body: string): { readonly fixture?: unknown; readonly all?: unknown } {
  try {
    return (JSON.parse(body) as object | null) ?? {};
  } catch {
    return {};
  }
}
