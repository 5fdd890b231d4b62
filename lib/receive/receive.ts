import { hasCode } from '../errors';
import { accept } from './accept';
import type { Context } from './context';
import { type Delivery, type Source, toDelivery } from './delivery';
import { type AllowLists, admit } from './http/admit';
import { json } from './http/answer';
import { answerTo } from './http/answer-to';
import type { Route } from './http/find-route';
import type { Answer, Receiver, Request } from './http/http';
import { limitBytes } from './http/limit-bytes';
import { describeError } from './log/describe-error';
import type { Journal } from './log/journal';
import type { Ports } from './ports';
import type { SendSettings } from './publish/send';
import { archive } from './stored/archive';
import { holdUnverified } from './stored/hold';
import { timeFor, within } from './time-limits';
import { authenticate } from './verify/authenticate';

export interface ReceiveSettings extends SendSettings {
  readonly sources: ReadonlyMap<string, Source>;
  readonly allowLists: AllowLists;
  readonly maxBodyBytes: number;
  /** The largest held body that is read into memory if it cannot be read in parts, in bytes. */
  readonly wholeBytes: number;
  /** Whether accepted deliveries are archived. */
  readonly archive: boolean;
  /** The names of models that can be trained, for platforms that ask for them. */
  readonly models: readonly string[];
}

/** The most that senders can make us store of a source while its secret cannot be read, in bytes. */
const UNVERIFIED_BYTES_PER_MINUTE = 16_777_216;

/** The receiver behind every adapter. It answers each HTTP request, and never throws. */
export function createReceiver(ports: Ports, settings: ReceiveSettings): Receiver {
  const mayHold = limitBytes(UNVERIFIED_BYTES_PER_MINUTE);
  return (request) => answerTo(request, ports.telemetry, (journal) => receive(request, journal));

  async function receive(request: Request, journal: Journal): Promise<Answer> {
    const route = admit(request, settings, journal);
    if (route.to === 'health') return json(200, { status: 'ok' });
    const { source } = route;
    const delivery = toDelivery(source, request, settings.maxBodyBytes);
    journal.note({ id: delivery.id, bytes: delivery.size });
    return within(timeFor(source), (signal) =>
      handle(route, delivery, { ...ports, journal, signal }),
    );
  }

  async function handle(
    route: Exclude<Route, { to: 'health' }>,
    delivery: Delivery,
    context: Context,
  ): Promise<Answer> {
    try {
      await authenticate(delivery, context);
    } catch (error) {
      if (route.to === 'delivery' && isOutage(error))
        return await holdForSecret(delivery, error, context);
      throw error;
    }
    if (route.to === 'training') return json(200, route.answer(settings.models));
    const answer = await accept(delivery, context, settings);
    if (settings.archive) await archive(delivery, context);
    return answer;
  }

  /** Holds a delivery that may be authentic until its secret can be read. */
  async function holdForSecret(
    delivery: Delivery,
    error: unknown,
    context: Context,
  ): Promise<Answer> {
    if (!mayHold(delivery.source.name, delivery.size)) throw error;
    await holdUnverified(delivery, context);
    context.journal.note({ heldFor: describeError(error) });
    context.journal.conclude('warn', 'delivery held unverified');
    return json(202, { id: delivery.id, held: true });
  }
}

const isOutage = (error: unknown): boolean => hasCode(error, 'secrets-unavailable');
