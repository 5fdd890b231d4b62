import { LabelrelayError } from '../../errors';
import type { BodyHash } from '../../events/body-hash';
import { deliveryHash, shortened } from '../../events/identify';
import type { Context } from '../context';
import { cutOff } from '../cut-off';
import { type Arrival, toArrival } from '../delivery';
import { json } from '../http/answer';
import { answerTo } from '../http/answer-to';
import { checkAddress } from '../http/check-address';
import { findRoute } from '../http/find-route';
import type { Answer, LargeReceiver, LargeRequest } from '../http/http';
import { limitBytes } from '../http/limit-bytes';
import type { Journal } from '../log/journal';
import type { Ports } from '../ports';
import type { ReceiveSettings } from '../receive';
import { heldKey, NEXT } from '../stored/hold';
import { toEnd, toHead } from '../stored/large-record';
import { PREFIX } from '../stored/object-keys';
import { within } from '../time-limits';
import { secretsUnavailable } from '../verify/authenticate';
import { digestThread } from '../verify/digest-thread';
import { type Watch, watchBody } from '../verify/watch-body';
import type { LargeObjects, Upload } from './ports';

export interface LargeSettings extends Pick<ReceiveSettings, 'sources' | 'allowLists'> {
  readonly maxBodyBytes: number;
  /** What fits into memory: all that other routes than those of deliveries take. */
  readonly streamAboveBytes: number;
  /** What strangers can make us store of a source while its secret cannot be read. */
  readonly unverifiedBytesPerMinute: number;
}

/** How long a body may take in all, in milliseconds. */
const TIME_MS = 3_600_000;

type LargePorts = Pick<Ports, 'secrets' | 'telemetry'> & {
  readonly large: Pick<LargeObjects, 'begin'>;
};

/**
 * The receiver of bodies that are too large for memory: each goes to S3 while it arrives, and is there
 * only once its last byte has shown that it is authentic. Redelivery makes events of it.
 */
export function createLargeReceiver(ports: LargePorts, settings: LargeSettings): LargeReceiver {
  const beginDigests = digestThread();
  const mayHold = new Map(
    [...settings.sources.keys()].map((name) => [
      name,
      limitBytes(settings.unverifiedBytesPerMinute),
    ]),
  );
  return (request) => answerTo(request, ports.telemetry, (journal) => receive(request, journal));

  async function receive(request: LargeRequest, journal: Journal): Promise<Answer> {
    const route = findRoute(request, settings.sources);
    if (route.to !== 'delivery') throw tooLarge(settings.streamAboveBytes);
    const { source } = route;
    journal.note({ source: source.name });
    checkAddress(request, source, settings.allowLists, journal);
    const arrival = toArrival(source, request.headers, request.receivedAt);
    return within(TIME_MS, async (signal) => {
      const watch = await watchBody(arrival, { ...ports, journal, signal });
      return spool(request.body, arrival, watch, { ...ports, journal, signal });
    });
  }

  async function spool(
    body: LargeRequest['body'],
    arrival: Arrival,
    watch: Watch,
    context: SpoolContext,
  ): Promise<Answer> {
    const { source, headers } = arrival;
    const isJson = source.platform.acceptsContentType(headers['content-type']);
    const key = isJson ? largeKey(arrival, watch) : undecodableKey(arrival);
    const upload = context.large.begin(key, context.signal);
    try {
      if (isJson) await upload.write(toHead(arrival));
      const { size, digests } = await pass(
        body,
        [deliveryHash(source.name), ...watch.hashes],
        upload,
      );
      const [identity = '', ...watched] = digests;
      const id = shortened(identity);
      context.journal.note({ id, bytes: size });
      const isVerified = await watch.conclude(watched);
      if (!isVerified) expectMayHold(arrival, size, isJson);
      if (isJson) await upload.write(toEnd({ isVerified, id }));
      await upload.commit();
      return conclude(id, { isVerified, isJson }, context.journal);
    } catch (error) {
      await upload.abort();
      if (error instanceof LabelrelayError) throw error;
      throw new LabelrelayError('unavailable', `object ${key} could not be stored`, {
        cause: error,
      });
    }
  }

  /** All at once: the bytes are not seen again. */
  async function pass(
    body: LargeRequest['body'],
    hashes: readonly BodyHash[],
    upload: Upload,
  ): Promise<{ size: number; digests: readonly string[] }> {
    const digests = beginDigests(hashes);
    let size = 0;
    try {
      for await (const bytes of uncut(body)) {
        size += bytes.length;
        if (size > settings.maxBodyBytes) throw tooLarge(settings.maxBodyBytes);
        await upload.write(bytes);
        await digests.take(bytes);
      }
    } catch (error) {
      await digests.conclude();
      throw error;
    }
    return { size, digests: await digests.conclude() };
  }

  function expectMayHold({ source }: Arrival, size: number, isJson: boolean): void {
    if (isJson && mayHold.get(source.name)?.(size)) return;
    throw secretsUnavailable(source.name);
  }
}

const largeKey = (arrival: Arrival, { isLikely }: Watch): string =>
  heldKey(PREFIX.large, arrival) + (isLikely ? NEXT : '');

const undecodableKey = ({ source, draw }: Arrival): string =>
  `${PREFIX.undecodable}/${source.name}/${draw}`;

type SpoolContext = Pick<Context, 'journal' | 'signal'> & Pick<LargePorts, 'large'>;

function conclude(
  id: string,
  { isVerified, isJson }: { isVerified: boolean; isJson: boolean },
  journal: Journal,
): Answer {
  if (!isJson) {
    journal.count('Undecodable');
    throw new LabelrelayError('unsupported-media-type', 'expected JSON, got another Content-Type');
  }
  journal.count(isVerified ? 'HeldLarge' : 'HeldUnverified');
  journal.conclude('info', isVerified ? 'large delivery held' : 'large delivery held unverified');
  return json(202, { id, held: true });
}

/** @throws LabelrelayError `cut-off` when the sender goes away, or what the body itself says of that */
async function* uncut(body: LargeRequest['body']): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    if (cause instanceof LabelrelayError) throw cause;
    throw cutOff(cause);
  }
}

const tooLarge = (limit: number): LabelrelayError =>
  new LabelrelayError('too-large', `expected at most ${limit} bytes, got more`, { limit });
