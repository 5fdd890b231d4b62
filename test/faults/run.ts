import '../support/jest-setup';
import * as proxy from '../support/aws-proxy';
import { type StartedLambda, startLambda } from '../support/faces';
import { burst, type Outcome } from './burst';

const { PROPERTY_RUNS } = process.env;

/** Every call of the functions to a service: its name, or words in its body. */
const CALLS: Record<string, (call: string, body: string) => boolean> = {
  'GetSecretValue, current': (call, body) => call === 'GetSecretValue' && /CURRENT/.test(body),
  'GetSecretValue, previous': (call, body) => call === 'GetSecretValue' && /PREVIOUS/.test(body),
  DescribeSecret: (call) => call === 'DescribeSecret',
  'SendMessageBatch, every queue': (call) => call === 'SendMessageBatch',
  'SendMessageBatch, one of two': (call, body) =>
    call === 'SendMessageBatch' && /-audit"/.test(body),
  'PutObject, data': (call) => call === 'PUT data',
  'PutObject, every key': (call) => call.startsWith('PUT '),
  'SendMessageBatch and PutObject': (call) => /^SendMessageBatch$|^PUT /.test(call),
  'GetSecretValue and PutObject': (call) => /^GetSecretValue$|^PUT /.test(call),
  'GetObject, held': (call) => /^SendMessageBatch$|^GET /.test(call),
  'DeleteObject, held': (call) => /^SendMessageBatch$|^DELETE /.test(call),
  'ListObjectsV2, held': (call) => /^SendMessageBatch$|^LIST /.test(call),
  everything: () => true,
};

const FAULTS: Record<string, proxy.Fault> = {
  fails: proxy.fails,
  throttles: proxy.throttles,
  denies: proxy.denies,
  hangs: proxy.hangs,
  stalls: proxy.stalls,
  'cuts off': proxy.cutsOff,
  'loses its answer': proxy.losesItsAnswer,
  'does half': proxy.doesHalf,
  'talks nonsense': proxy.talksNonsense,
  'answers nothing': proxy.answersNothing,
};

/** Which of the calls that match meet the fault, counted from 0. */
const POSITIONS: Record<string, (index: number) => boolean> = {
  always: () => true,
  first: (index) => index === 0,
  'every other': (index) => index % 2 === 1,
  'after three': (index) => index >= 3,
};

interface Scenario {
  readonly call: string;
  readonly fault: string;
  readonly position: string;
}

const all: Scenario[] = Object.keys(CALLS).flatMap((call) =>
  Object.keys(FAULTS).flatMap((fault) =>
    Object.keys(POSITIONS).map((position) => ({ call, fault, position })),
  ),
);
// A short run still has every call with every fault, each at one position in turn.
const scenarios = PROPERTY_RUNS
  ? all
  : all.filter((_, index) => index % 4 === ((index / 4) | 0) % 4);

async function run({ call, fault, position }: Scenario, lambda: StartedLambda): Promise<Outcome> {
  await lambda.coldStart();
  let index = 0;
  return await burst(lambda, (name, body) =>
    CALLS[call]?.(name, body) && POSITIONS[position]?.(index++) ? FAULTS[fault] : undefined,
  );
}

const WIDTHS = [32, 18, 13, 9, 6, 9, 7, 6, 8];
const row = (...cells: (string | number)[]): string =>
  cells.map((cell, index) => String(cell).padEnd(WIDTHS[index] ?? 0)).join('');

async function main(): Promise<void> {
  console.log(
    row('call', 'fault', 'position', 'accepted', 'held', 'refused', '503', 'lost', 'forged'),
  );
  const totals = { lost: 0, forged: 0, stuck: 0, wrong: 0 };
  const left = scenarios.values();
  const lane = async (): Promise<void> => {
    const lambda = await startLambda({
      LABELRELAY_CLAIM_CHECK_BYTES: '4096',
      LABELRELAY_ROUTES: '{"workflow.action":["workflow-action","audit"]}',
    });
    for (const scenario of left) {
      const { call, fault, position } = scenario;
      const { wrong, ...outcome } = await run(scenario, lambda);
      const { accepted, held, refused, unavailable, lost, forged, stuck } = outcome;
      console.log(row(call, fault, position, accepted, held, refused, unavailable, lost, forged));
      for (const answer of wrong) console.log(`  unexpected answer to ${answer}`);
      if (stuck > 0) console.log(`  ${stuck} deliveries are still held`);
      totals.lost += lost;
      totals.forged += forged;
      totals.stuck += stuck;
      totals.wrong += wrong.length;
    }
    await lambda.stop();
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  console.log(`${scenarios.length} scenarios, lost = ${totals.lost}, forged = ${totals.forged}`);
  process.exitCode = Object.values(totals).some((total) => total > 0) ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
