import { readFileSync } from 'node:fs';
import type { DeliveryDetail, DeliveryRow } from '../../lib/inspector/delivery';
import { eventually } from './eventually';
import { fixtures } from './fixtures';
import { send } from './send';

const API = '/inspector/api/';

/** Asks the API of the inspector as its page does. */
export async function ask<T>(url: string, path: string, body?: object): Promise<T> {
  const answer = await send(url, {
    method: body ? 'POST' : 'GET',
    path: API + path,
    headers: body ? { origin: url } : {},
    body: body && JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status} ${answer.text}`);
  return answer.json as T;
}

/** Reads rows from the stream until they are as many as expected, and none is pending. */
export async function rowsOf(url: string, atLeast: number): Promise<DeliveryRow[]> {
  const rows = new Map<number, DeliveryRow>();
  const stop = new AbortController();
  const answer = await fetch(`${url}${API}stream`, {
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(30_000)]),
  });
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const [, data] = /^event: rows\ndata: (.*)$/s.exec(message) ?? [];
      for (const row of JSON.parse(data ?? '[]') as DeliveryRow[]) rows.set(row.n, row);
    }
    const all = [...rows.values()];
    if (all.length >= atLeast && all.every(({ verdict }) => verdict !== 'pending')) break;
  }
  stop.abort();
  return [...rows.values()].sort((one, other) => one.n - other.n);
}

/** The details of a delivery, once the workers of the server are done with its events. */
export const settled = (url: string, n: number): Promise<DeliveryDetail> =>
  eventually(
    () => ask<DeliveryDetail>(url, `deliveries/${n}`),
    ({ events }) => events.every(({ queues }) => queues['label-store'] !== 'sent'),
  );

/** The body of a fixture, as it is sent. */
export const bodyOfFixture = (platform: string, name: string): string =>
  fixtures()
    .find((each) => each.platform === platform && each.name === name)
    ?.body.toString() ?? readFileSync(name, 'utf8');
