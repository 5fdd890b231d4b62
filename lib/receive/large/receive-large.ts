import { LabelrelayError } from '../../errors';
import type { BodyHash } from '../../events/body-hash';
import { deliveryHash, shortened } from '../../events/identify';
import type { Context } from '../context';
import { type Arrival, toArrival } from '../delivery';
import { admit } from '../http/admit';
import { json } from '../http/answer';
import { answerTo } from '../http/answer-to';
import { type Answer, cutOff, type LargeReceiver, type LargeRequest } from '../http/http';
import { limitBytes } from '../http/limit-bytes';
import type { Journal } from '../log/journal';
import type { Ports } from '../ports';
import type { ReceiveSettings } from '../receive';
import { heldKey, NEXT, PREFIX } from '../stored/object-keys';
import type { Upload, UploadStore } from '../stored/object-store';
import { toEnd, toHead } from '../stored/record';
import { notStored } from '../stored/store';
import { storeUndecodable, undecodableKey, unsupportedMediaType } from '../stored/undecodable';
import { within } from '../time-limits';
import { digestThread } from '../verify/digest-thread';
import { secretsUnavailable } from '../verify/judge';
import { type Watch, watchBody } from '../verify/watch-body';

export interface LargeSettings extends Pick<ReceiveSettings, 'sources' | 'allowLists'> {
  readonly maxBodyBytes: number;
  /** The largest body that is read into memory. Other routes than those of deliveries take no larger one. */
  readonly streamAboveBytes: number;
  /** The most that senders can make us store of a source while its secret cannot be read. */
  readonly unverifiedBytesPerMinute: number;
}

/** The time limit for a body, in milliseconds. */
const TIME_MS = 3_600_000;

type LargePorts = Pick<Ports, 'secrets' | 'telemetry'> & {
  readonly objects: UploadStore;
};

/**
 * The receiver of bodies that are too large for memory. It uploads a body to S3 while it arrives, and commits the
 * upload after the last byte, if the body is authentic. Redelivery makes its events.
 */
export function createLargeReceiver(ports: LargePorts, settings: LargeSettings): LargeReceiver {
  const beginDigests = digestThread();
  const mayHold = limitBytes(settings.unverifiedBytesPerMinute);
  return (request) => answerTo(request, ports.telemetry, (journal) => receive(request, journal));

  async function receive(request: LargeRequest, journal: Journal): Promise<Answer> {
    const route = admit(request, settings, journal);
    if (route.to !== 'delivery') throw tooLarge(settings.streamAboveBytes);
    const arrival = toArrival(route.source, request.headers, request.receivedAt);
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
    const key = isJson ? largeKey(arrival, watch) : undecodableKey(source, arrival.receiptId);
    const upload = context.objects.begin(key, context.signal);
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
      if (!isJson) {
        await storeUndecodable(() => upload.commit(), context.journal);
        throw unsupportedMediaType();
      }
      await upload.write(toEnd({ isVerified, id }));
      await upload.commit();
      return conclude(id, isVerified, context.journal);
    } catch (error) {
      await upload.abort();
      if (error instanceof LabelrelayError) throw error;
      throw notStored(key, error);
    }
  }

  /** Uploads the body and computes its digests in one pass, since it arrives once. */
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
    if (isJson && mayHold(source.name, size)) return;
    throw secretsUnavailable(source.name);
  }
}

const largeKey = (arrival: Arrival, { isLikely }: Watch): string =>
  heldKey(PREFIX.large, arrival) + (isLikely ? NEXT : '');

type SpoolContext = Pick<Context, 'journal' | 'signal'> & Pick<LargePorts, 'objects'>;

function conclude(id: string, isVerified: boolean, journal: Journal): Answer {
  journal.count(isVerified ? 'HeldLarge' : 'HeldUnverified');
  if (isVerified) journal.count('Heard');
  journal.conclude('info', isVerified ? 'large delivery held' : 'large delivery held unverified');
  return json(202, { id, held: true });
}

/** @throws LabelrelayError `cut-off` if the sender goes away, or the body's own error */
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
