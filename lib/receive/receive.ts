import { LabelrelayError } from '../errors';
import type { EventDraft } from '../events/draft';
import type { Origin } from '../events/envelope';
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
  /** The names of models that can be trained, for platforms that ask. */
  readonly models: readonly string[];
}

/** The receiver behind every adapter: an HTTP request in, an answer out, never an exception. */
export function createReceiver(ports: Ports, settings: ReceiveSettings): Receiver {
  return async (request) => {
    try {
      return await receive(request, ports, settings);
    } catch (error) {
      return refuse(request, error, ports);
    }
  };
}

async function receive(request: Request, ports: Ports, settings: ReceiveSettings): Promise<Answer> {
  const route = findRoute(request, settings.sources);
  if (route.to === 'health') return json(200, { status: 'ok' });

  const delivery = toDelivery(route.source, request, settings.maxBodyBytes);
  await authenticate(delivery, ports);
  if (route.to === 'training') return json(200, route.answer(settings.models));
  return await accept(delivery, ports, settings);
}

/** From authentic bytes to events in their queues. */
async function accept(
  delivery: Delivery,
  ports: Ports,
  settings: ReceiveSettings,
): Promise<Answer> {
  const bodies = await decode(delivery, ports);
  const drafts = await normalize(bodies, delivery, ports);
  const origin = toOrigin(delivery, settings);
  const publishing = {
    routes: settings.routes,
    bodyBytes: delivery.body.length,
    pack: (draft: EventDraft, index: number) => pack(draft, origin, index, ports.objects, settings),
  };
  await publish(drafts, publishing, ports);

  const source = delivery.source.name;
  const topics = [...new Set(drafts.map((draft) => draft.topic))];
  const outcome = { id: delivery.id, events: drafts.length };
  ports.telemetry.log('info', 'delivery accepted', { source, topics, ...outcome });
  ports.telemetry.count('DeliveryAccepted', { source });
  if (topics.includes('unrecognized')) ports.telemetry.count('EventUnrecognized', { source });
  return json(202, outcome);
}

const toOrigin = (delivery: Delivery, { schemaBase }: ReceiveSettings): Origin => ({
  source: delivery.source.name,
  id: delivery.id,
  platformDeliveryId: delivery.source.platform.deliveryId(delivery.headers),
  receivedAt: delivery.receivedAt,
  draw: delivery.draw,
  schemaBase,
});

function refuse({ method, path }: Request, error: unknown, { telemetry }: Ports): Answer {
  const answer = problem(error);
  const isOurs = answer.status >= 500;
  telemetry.log(isOurs ? 'error' : 'warn', 'request not accepted', {
    method,
    path: path.slice(0, 100),
    status: answer.status,
    error: describeError(error),
  });
  if (isOurs) {
    const isForeseen = error instanceof LabelrelayError;
    telemetry.count(isForeseen ? 'DeliveryUnavailable' : 'UnexpectedError');
  }
  return answer;
}
