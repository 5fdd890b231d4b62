import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, type Rounds } from '../alternate';
import type { Bench } from '../bench';
import { makeLabel } from '../deliveries/make-label';
import { labelboxEvent } from '../deliveries/to-event';
import type { Figure } from '../figure';
import { sendFrom, toRequest } from '../send-from';
import { startServer } from '../start-server';

const ROOT = join(__dirname, '../..');
/** V8 has compiled everything after about 10,000 deliveries. */
const ROUNDS: Rounds = { rounds: 9, warmUp: 4 };
const COUNT = 3_000;
const SHORT_COUNT = 500;
const BYTES = 1_300;

/** The options of Node.js in `npm run serve`. */
function serveOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return /exec node (.*) dist\/server\/index\.js/.exec(scripts.serve)?.[1]?.split(' ') ?? [];
}

async function compare(bench: Bench, senders: number): Promise<number[]> {
  const request = toRequest(labelboxEvent(makeLabel(BYTES)));
  const count = bench.isShort ? SHORT_COUNT : COUNT;
  const ours = await startServer(bench, [...serveOptions(), join(ROOT, 'dist/server/index.js')]);
  const theirs = await startServer(bench, [bench.path('hand-written.js')]);
  const rate = (port: number) => () => sendFrom(senders, count, { port, request });
  try {
    return await alternate(bench, ROUNDS, rate(ours.port), rate(theirs.port));
  } finally {
    ours.stop();
    theirs.stop();
  }
}

/** The throughput of the server. */
export const server: readonly Figure[] = [16, 64].map((senders) => ({
  name: `server, deliveries of 1.3 KB from ${senders} senders / a receiver written by hand`,
  unit: 'x',
  better: 'higher',
  goal: 2,
  moonshot: 2.5,
  bound: 1.3,
  measure: (bench) => compare(bench, senders),
}));
