import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { redeliverPorts } from '../../lib/aws/redeliver-ports';
import { readConfig } from '../../lib/config/read-config';
import { sweep } from '../../lib/receive/redeliver/sweep';
import { type Cloud, startCloud } from '../support/cloud/start-cloud';
import {
  annotation,
  deliverLarge,
  type LargeBody,
  manyLabels,
  sameBytes,
  sendPart,
  signLarge,
  v1Label,
  v2Row,
  videoRow,
} from '../support/large-bodies';
import { deliver } from '../support/send';
import { type Receiver, startReceiver } from '../support/start-receiver';
import type { SmallAnswer } from './send-small';
import { measureDigest, measureTokenizer } from './yardsticks';

// `npm run sizes`: deliveries of every size to the bundled server, S3 and SQS in a process of their
// own. Says what it saw, and ends with an error when something is not as it must be. SIZES=10 takes a
// tenth of every size.

const MB = 1_000_000 / Number(process.env.SIZES ?? 1);
const MEMORY_BYTES = 150_000_000;
/** The required ratio to `openssl dgst -sha1`, on two processors that also send and store. */
const SPOOL_RATIO = 0.3;
/** The required ratio to a tokenizer that drops its tokens. */
const NORMALIZE_RATIO = 0.5;
const problems: string[] = [];

function expect(isRight: boolean, what: string): void {
  console.log(`${isRight ? '  ok' : 'FAIL'}  ${what}`);
  if (!isRight) problems.push(what);
}

interface Bench {
  readonly cloud: Cloud;
  readonly receiver: Receiver;
}

async function withReceiver(run: (bench: Bench) => Promise<void>, env = {}): Promise<void> {
  const cloud = await startCloud();
  const receiver = await startReceiver(cloud.url, env);
  // The memory before any work is not representative.
  await deliver(receiver.url, { action: 'APPROVE', projectId: 'p', dataRowIds: ['first'] });
  await cloud.tell();
  // The second process starts too.
  await setTimeout(1_000);
  const idle = receiver.memory().now;
  await run({ cloud, receiver });
  if (receiver.process.signalCode === null) {
    const above = receiver.memory().peak - idle;
    expect(above <= MEMORY_BYTES, `memory above idle: ${(above / 1e6).toFixed(0)} MB of 150`);
    await receiver.stop();
  }
  cloud.stop();
}

/** The events that come of a body, in seconds. */
async function delivered({ cloud, receiver }: Bench, bodies: readonly LargeBody[], count: number) {
  const signatures = bodies.map((body) => signLarge(body));
  const began = performance.now();
  const answers = await Promise.all(
    bodies.map((body, index) =>
      deliverLarge(receiver.url, body, { 'x-hub-signature': signatures[index] ?? '' }),
    ),
  );
  const answered = performance.now();
  expect(
    answers.every(({ status }) => status === 202),
    `answered ${answers.map(({ status }) => status)}`,
  );
  const events: { type: string; data?: unknown; dataref: string; datadigest: string }[] = [];
  while (events.length < count && performance.now() < answered + 900_000) {
    const sent = (await cloud.tell()).sent.map(({ body }) => JSON.parse(body));
    events.push(...sent.filter(({ type }) => type.startsWith('labelrelay.label.')));
    await setTimeout(50);
  }
  const done = performance.now();
  return { events, spooled: (answered - began) / 1_000, made: (done - answered) / 1_000 };
}

/** The digest of an object, and the number of occurrences of a text in it. */
async function look({ cloud }: Bench, uri: string, text: string) {
  const answer = await fetch(uri.replace('s3://', `${cloud.url}/`));
  const hash = createHash('sha256');
  let found = 0;
  let before = '';
  for await (const chunk of answer.body ?? []) {
    hash.update(chunk);
    const all = before + Buffer.from(chunk).toString('latin1');
    found += all.split(text).length - 1;
    before = all.slice(1 - text.length);
  }
  return { digest: `sha256:${hash.digest('hex')}`, found, tail: before };
}

async function expectWhole(
  bench: Bench,
  event: { dataref: string; datadigest: string },
  { objects, text = '"kind":"bbox"' }: Made,
) {
  const { digest, found } = await look(bench, event.dataref, text);
  expect(digest === event.datadigest, 'the digest of its data is the one that it tells');
  expect(found === objects, `${found} annotations of ${objects} objects`);
}

/** How many there are of a text in what is made of a body. */
interface Made {
  readonly objects: number;
  readonly text?: string;
}

const KINDS: readonly (readonly [string, (bytes: number) => LargeBody & Made])[] = [
  ['v1', v1Label],
  ['v2', v2Row],
  ['v2 of many labels', manyLabels],
  ['v2 of a video', (bytes) => ({ ...videoRow(bytes), text: '"frame":' })],
  ['Label Studio', annotation],
];

async function everySize(): Promise<void> {
  for (const [name, make] of KINDS) {
    for (const bytes of [0.001, 0.1, 1, 10, 100, 1_000].map((size) => size * MB)) {
      console.log(`${name}, ${(bytes / 1e6).toFixed(3)} MB`);
      await withReceiver(async (bench) => {
        const body = make(bytes);
        const { events, spooled, made } = await delivered(bench, [body], 1);
        const [event] = events;
        expect(events.length === 1, `${events.length} events`);
        console.log(
          `      answered after ${spooled.toFixed(1)} s, its event after ${made.toFixed(1)} s more`,
        );
        if (event?.dataref) await expectWhole(bench, event, body);
      });
    }
  }
}

/**
 * The time of the slowest small delivery while other work is running, in milliseconds. The sender is
 * a process of its own: this one has enough to do.
 */
async function slowestSmall<T>({ receiver }: Bench, meanwhile: () => Promise<T>) {
  const sender = fork(join(__dirname, 'send-small.ts'), [receiver.url], {
    execArgv: ['--import', 'tsx'],
  });
  let slowest = 0;
  sender.on('message', ({ status, ms }: SmallAnswer) => {
    if (status !== 202) expect(false, `answered ${status}`);
    slowest = Math.max(slowest, ms);
  });
  await once(sender, 'message');
  const result = await meanwhile();
  sender.kill();
  return { slowest, result };
}

async function eightAtOnce(): Promise<void> {
  console.log('eight at once of 100 MB');
  await withReceiver(async (bench) => {
    const bodies = Array.from({ length: 8 }, (_, index) => v2Row(100 * MB, `row-${index}`));
    const { slowest, result } = await slowestSmall(bench, () => delivered(bench, bodies, 8));
    const { events } = result;
    expect(slowest < 500, `small ones are answered within ${slowest.toFixed(0)} ms`);
    expect(events.length === 8, `${events.length} events`);
    for (const event of events) await expectWhole(bench, event, v2Row(100 * MB));
  });
}

async function pace(): Promise<void> {
  console.log('pace');
  // Less would say more about the start.
  const body = sameBytes(500_000_000);
  const signature = signLarge(body);
  await withReceiver(
    async ({ cloud, receiver }) => {
      await cloud.tell({ discards: true });
      const digest = await measureDigest(body.bytes);
      let spool = 0;
      for (let run = 0; run < 3; run++) {
        const began = performance.now();
        await deliverLarge(receiver.url, body, { 'x-hub-signature': signature });
        spool = Math.max(spool, body.bytes / 1_000 / (performance.now() - began));
      }
      const ratio = spool / digest;
      const text = `spooling ${spool.toFixed(0)} MB/s, openssl dgst -sha1 ${digest.toFixed(0)} MB/s: ${ratio.toFixed(2)}`;
      expect(ratio >= SPOOL_RATIO, text);
    },
    { LABELRELAY_REDELIVERS: 'false' },
  );
  for (const [name, make] of KINDS) {
    await withReceiver(async (bench) => {
      const large = make(100 * MB);
      const tokens = measureTokenizer(make(30 * MB));
      const { made } = await delivered(bench, [large], 1);
      const rate = large.bytes / 1e6 / made;
      const text = `normalizing ${name} ${rate.toFixed(0)} MB/s, only its tokens ${tokens.toFixed(0)} MB/s: ${(rate / tokens).toFixed(2)}`;
      expect(rate / tokens >= NORMALIZE_RATIO, text);
    });
  }
}

async function forged(): Promise<void> {
  console.log('a wrong signature, known at the end of 500 MB');
  await withReceiver(async ({ cloud, receiver }) => {
    const body = sameBytes(500 * MB);
    const answer = await deliverLarge(receiver.url, body, {
      'x-hub-signature': `sha1=${'0'.repeat(40)}`,
    });
    expect(answer.status === 401, `answered ${answer.status}`);
    const { objects, uploads } = await cloud.tell();
    expect(Object.keys(objects).length + uploads.length === 0, 'nothing is left');
  });
}

async function brokenOff(): Promise<void> {
  console.log('connections that are cut, and a receiver that is killed');
  await withReceiver(async ({ cloud, receiver }) => {
    // A tenth of it must be more than a part.
    const body = sameBytes(Math.max(200 * MB, 100_000_000));
    const signature = signLarge(body);
    for (const part of [0.1, 0.5, 0.99]) {
      const outgoing = sendPart(receiver.url, body, signature, body.bytes * part);
      while ((await cloud.tell()).uploads.length === 0) await setTimeout(5);
      outgoing.destroy();
      while ((await cloud.tell()).uploads.length > 0) await setTimeout(20);
    }
    expect(
      Object.keys((await cloud.tell()).objects).length === 0,
      'nothing is left of what was cut',
    );
    sendPart(receiver.url, body, signature, body.bytes / 2);
    while ((await cloud.tell()).uploads.length === 0) await setTimeout(5);
    receiver.process.kill('SIGKILL');
    await once(receiver.process, 'exit');
    const { objects, uploads } = await cloud.tell();
    expect(
      Object.keys(objects).length === 0 && uploads.length === 1,
      'one unfinished upload is left of what was killed',
    );
    const config = readConfig({ AWS_ENDPOINT_URL: cloud.url });
    await sweep(redeliverPorts(config), config, { now: Date.now() + 25 * 3_600_000, all: true });
    expect((await cloud.tell()).uploads.length === 0, 'and none after a sweep');
  });
}

async function slowLoris(): Promise<void> {
  console.log('two hundred senders that hardly send');
  await withReceiver(async (bench) => {
    const { receiver } = bench;
    const { hostname, port } = new URL(receiver.url);
    let answered = 0;
    const sockets = Array.from({ length: 200 }, (_, index) => {
      const socket = connect(Number(port), hostname);
      socket.once('data', (answer) => {
        if (/^HTTP\/1.1 408 /.test(String(answer))) answered++;
      });
      socket.on('error', () => {});
      const length = index % 2 === 0 ? 3_000_000 : 300_000_000;
      const signature = `X-Hub-Signature: sha1=${'0'.repeat(40)}`;
      socket.write(
        `POST /webhooks/labelbox HTTP/1.1\r\nHost: x\r\n${signature}\r\nContent-Length: ${length}\r\n\r\n`,
      );
      return socket;
    });
    const trickle = setInterval(() => {
      for (const socket of sockets) if (!socket.destroyed) socket.write('x');
    }, 500);
    const { slowest } = await slowestSmall(bench, () => setTimeout(12_000));
    expect(slowest < 1_000, `small ones are answered within ${slowest.toFixed(0)} ms`);
    expect(answered === 200, `${answered} of 200 are answered 408 within 12 s`);
    // The server reads and drops the rest for ten seconds.
    await setTimeout(13_000);
    const left = sockets.filter(({ destroyed }) => !destroyed).length;
    expect(left === 0, `${200 - left} of 200 are cut off within 25 s`);
    const body = v2Row(20 * MB);
    const answer = await deliverLarge(receiver.url, body);
    expect(answer.status === 202, `a large one is answered ${answer.status}`);
    clearInterval(trickle);
    for (const socket of sockets) socket.destroy();
  });
}

const PARTS = { everySize, eightAtOnce, pace, forged, brokenOff, slowLoris };

async function run(): Promise<void> {
  const only = process.argv.slice(2);
  for (const [name, part] of Object.entries(PARTS)) {
    if (only.length === 0 || only.includes(name)) await part();
  }
  console.log(problems.length === 0 ? 'all is right' : `${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}

run();
