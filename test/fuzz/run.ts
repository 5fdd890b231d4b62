import '../support/jest-setup';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { TSX } from '../support/tsx';
import type { Given } from './aws-stub';
import { expectAnswer, MAX_BODY_BYTES } from './expect-answer';
import { makeDelivery } from './make-delivery';
import { FORGED, sources } from './sources';
import { toEvent } from './to-event';

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const { PROPERTY_RUNS, FUZZ_SEED, FUZZ_FIRST } = process.env;
const COUNT = Number(process.argv[2] ?? (PROPERTY_RUNS ? 1_000_000 : 10_000));
const SEED = Number(FUZZ_SEED ?? Date.now() % 2 ** 31);
const FIRST = Number(FUZZ_FIRST ?? 0);
const IN_FLIGHT = 32;
/** Memory is looked at after each: the first warms up. */
const ROUNDS = 4;
const MAX_GROWTH_MB = 40;
/** After so many nothing more is delivered. */
const MAX_FAILURES = 10;
const MAX_MS = 10_000;
/** From here on what is authentic may be held: half of Label Studio's second is over, or nearly. */
const HELD_AFTER_MS = 450;
/** Or it became so many events. */
const HELD_AFTER_EVENTS = 100;
const HONEST = 'a0'.repeat(16);

const totals = { promised: 0, forged: 0, failed: 0 };
/** How many deliveries were answered with each. */
const statuses: Record<number, number> = {};
/** The deliveries of which the log says that a guard caught a mistake of ours. */
const misread = new Set<string>();

function fail(problem: string, index?: number): void {
  console.error(
    `FUZZ_SEED=${SEED} FUZZ_FIRST=${index ?? FIRST} npm run fuzz -- ${index === undefined ? COUNT : 1}\n  ${problem}`,
  );
  if (index !== undefined) {
    const { body, ...rest } = makeDelivery(SEED, index);
    console.error(inspect({ ...rest, body: body.toString('latin1') }, { maxStringLength: 400 }));
  }
  totals.failed++;
}

/** Authentic deliveries may be held if they are slow or large; others only while no secret can be read. */
function mayBeHeld(
  allowed: readonly number[],
  isAuthentic: boolean,
  took: number,
  events: number,
): boolean {
  if (took > HELD_AFTER_MS) return true;
  return isAuthentic ? events > HELD_AFTER_EVENTS : allowed.includes(202);
}

async function deliver(handler: Handler, index: number): Promise<void> {
  const delivery = makeDelivery(SEED, index);
  const allowed = expectAnswer(delivery);
  const mayEnter = /202|400/.test(allowed.join()) && !allowed.includes(401);
  const began = performance.now();
  const {
    statusCode = 0,
    headers,
    body = '',
  } = await handler(toEvent(delivery, index, mayEnter ? HONEST : FORGED));
  const took = performance.now() - began;
  const { id, held, events = 0 } = JSON.parse(body);
  statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
  if (!held) totals.promised += events;
  const isExpected = allowed.includes(statusCode) && (statusCode !== 202 || mayEnter);
  const isRight = held ? mayBeHeld(allowed, mayEnter, took, events) : isExpected;
  if (statusCode < 300 && !isRight && !mayEnter) totals.forged++;
  if (!isRight) fail(`expected ${allowed.join(' or ')}, got ${statusCode} ${body}`, index);
  if (!/json$/.test(String(headers?.['content-type']))) fail('the answer is not JSON', index);
  if (misread.delete(id)) fail('the log says: normalizing failed', index);
  if (took > MAX_MS) fail(`took ${took} ms`, index);
}

function megabytes(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

async function main(): Promise<void> {
  const aws = fork(join(__dirname, 'aws-stub.ts'), { execArgv: TSX });
  const [url] = await once(aws, 'message');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    LABELRELAY_QUEUE_URL_BASE: `${url}/000000000000/`,
    LABELRELAY_SOURCES: sources.map(({ name, platform }) => `${name}:${platform}`).join(),
    LABELRELAY_MODELS: 'yolo',
    LABELRELAY_MAX_BODY_BYTES: String(MAX_BODY_BYTES),
    LABELRELAY_CLAIM_CHECK_BYTES: '16384',
  });
  const { handler } = require(join(__dirname, '../../dist/receive/index.js')) as {
    handler: Handler;
  };
  process.stdout.write = (line: string | Uint8Array): boolean => {
    if (/"normalizing failed/.test(String(line))) misread.add(JSON.parse(String(line)).id);
    return true;
  };
  for (const name of ['unhandledRejection', 'uncaughtException']) {
    process.on(name, (error) => fail(`${name}: ${inspect(error)}`));
  }
  console.error(`FUZZ_SEED=${SEED}`);

  const memory: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let next = FIRST + Math.floor((COUNT * round) / ROUNDS);
    const end = FIRST + Math.floor((COUNT * (round + 1)) / ROUNDS);
    const lane = async (): Promise<void> => {
      while (next < end && totals.failed < MAX_FAILURES) {
        const index = next++;
        // Most are refused at once: without a turn for it, the network would starve.
        await setImmediate();
        await deliver(handler, index).catch((error) => fail(inspect(error), index));
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    memory.push(megabytes());
    console.error(`${next - FIRST} deliveries, ${memory.at(-1)?.toFixed(1)} MB`);
  }

  aws.send('given');
  const [given] = (await once(aws, 'message')) as [Given];
  aws.disconnect();
  console.error(statuses, given);
  totals.forged += given.forged;
  if (given.refused > 0) fail(`SQS would refuse ${given.refused} messages`);
  if (given.forged > 0) fail(`${given.forged} forged messages and objects`);
  if (given.messages < totals.promised)
    fail(`${totals.promised} events promised, ${given.messages} sent`);
  const [warm = 0] = memory;
  const growth = Math.round((memory.at(-1) ?? 0) - warm);
  if (growth > MAX_GROWTH_MB) fail(`memory grew by ${growth} MB`);
  const count = (least: number): number =>
    Object.entries(statuses).reduce((sum, [status, of]) => sum + (+status >= least ? of : 0), 0);
  console.error(
    `${count(0)} deliveries, ${statuses[202] ?? 0} accepted, forged = ${totals.forged}, 5xx = ${count(500)}, memory +${Math.max(0, growth)} MB`,
  );
  process.exitCode = totals.failed > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
