import { LabelrelayError } from '../errors';
import type { Routes } from '../events/queues';
import { json, problem } from './answer';
import { authenticate } from './authenticate';
import { decode } from './decode';
import { type Delivery, type Source, toDelivery } from './delivery';
import { describeError } from './describe-error';
import { findRoute } from './find-route';
import type { Answer, Receiver, Request } from './http';
import { normalize } from './normalize';
import { type PackSettings, pack } from './pack';
import type { Ports } from './ports';
import { publish } from './publish';

export interface ReceiveSettings extends PackSettings {
  readonly sources: ReadonlyMap<string, Source>;
  readonly routes: Routes;
  readonly maxBodyBytes: number;
  readonly schemaBase: string;
}

/** The receiver behind every adapter: an HTTP request in, an answer out, never an exception. */
export function createReceiver(ports: Ports, settings: ReceiveSettings): Receiver {
  return async (request) => {
    try {
      const route = findRoute(request, (name) => settings.sources.has(name));
      if (route.to === 'health') return json(200, { status: 'ok' });
      return await accept(deliveryOf(request, route.source, settings), ports, settings);
    } catch (error) {
      const answer = problem(error);
      const level = answer.status >= 500 ? 'error' : 'warn';
      const { method, path } = request;
      ports.telemetry.log(level, 'request not accepted', {
        method,
        path: path.slice(0, 100),
        status: answer.status,
        error: describeError(error),
      });
      if (answer.status >= 500) ports.telemetry.count('DeliveryUnavailable');
      return answer;
    }
  };
}

async function accept(
  delivery: Delivery,
  ports: Ports,
  settings: ReceiveSettings,
): Promise<Answer> {
  await authenticate(delivery, ports);
  const bodies = await decode(delivery, ports);
  const drafts = await normalize(bodies, delivery, ports);

  const origin = {
    source: delivery.source.name,
    id: delivery.id,
    platformDeliveryId: delivery.source.platform.deliveryId(delivery.headers),
    receivedAt: delivery.receivedAt,
    schemaBase: settings.schemaBase,
  };
  const addressed = await Promise.all(
    drafts.map(async (draft, index) => ({
      message: await pack(draft, origin, index, ports.objects, settings),
      queues: settings.routes[draft.topic],
    })),
  );
  await publish(addressed, ports);

  const topics = [...new Set(drafts.map((draft) => draft.topic))];
  const { name } = delivery.source;
  ports.telemetry.log('info', 'delivery accepted', {
    source: name,
    id: delivery.id,
    topics,
    events: drafts.length,
  });
  ports.telemetry.count('DeliveryAccepted', { source: name });
  if (topics.includes('unrecognized')) ports.telemetry.count('EventUnrecognized', { source: name });
  return json(202, { id: delivery.id, events: drafts.length });
}

function deliveryOf(request: Request, name: string, settings: ReceiveSettings): Delivery {
  const source = settings.sources.get(name);
  if (!source) throw new LabelrelayError('unknown-route', `no source is named ${name}`);
  const { body, headers, receivedAt } = request;
  if (body === 'too-large') {
    const limit = settings.maxBodyBytes;
    throw new LabelrelayError('too-large', `expected at most ${limit} bytes, got more`, { limit });
  }
  return toDelivery(source, { headers, body, receivedAt });
}
