import { type HeldDelivery, heldDeliveries } from '../../lib/aws/operate/held-deliveries';
import { LabelrelayError } from '../../lib/errors';
import { define } from '../command/define';
import { EXIT } from '../command/exit-code';
import { globalsOf } from '../command/globals';
import { finishHeld, outcomeOf } from '../deliveries/finish-held';
import { leaveOld } from '../deliveries/leave-old';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import { findDeployment } from '../deployment/find-deployment';
import { printRows } from '../terminal/print-rows';
import { progress } from '../terminal/progress';
import { nameOf, pick } from './pick';
import { unpark } from './unpark';

interface Options {
  readonly all?: true;
  readonly parked?: true;
  readonly evenIfOld?: true;
}

/** `labelrelay held redeliver` */
export const redeliver = define('redeliver', 'Try held deliveries now', [
  ['labelrelay held redeliver --all --stage prod', 'all that wait, at once'],
  ['labelrelay held redeliver --parked', 'all that were parked after seven days'],
  ['labelrelay held redeliver 5a2f4c1e-9d3b-4c55-8d8e-0f7d5b1c2a3e', 'one, parked or not'],
])
  .argument('[names...]', 'keys in the bucket, or their ends')
  .option('--all', 'all waiting deliveries')
  .option('--parked', 'all parked deliveries')
  .option('--even-if-old', 'also if older than 90 days: deleted labels may come back')
  .action(async (names, options, command) => {
    const globals = globalsOf(command);
    const deployment = await findDeployment(globals);
    const wanted = choose(await heldDeliveries(deployment.config), names, options);
    const chosen = leaveOld(wanted, options.evenIfOld);
    const ports = redeliverPorts(deployment);
    const keys: string[] = [];
    for (const { key, state } of chosen) {
      const waiting = state === 'parked' ? await unpark(key, ports.objects) : key;
      if (waiting) keys.push(waiting);
    }
    const bar = progress('tried', keys.length);
    await finishHeld(keys, deployment, bar.to);
    bar.end();
    const rows = await Promise.all(
      keys.map(async (key) => ({ key, outcome: await outcomeOf(key, ports.objects) })),
    );
    printRows(
      rows,
      [
        { head: 'NAME', value: ({ key }) => nameOf(key) },
        { head: 'OUTCOME', value: ({ outcome }) => outcome },
      ],
      globals,
      chosen.length < wanted.length ? 'nothing else is held' : 'nothing is held',
    );
    if (rows.some(({ outcome }) => outcome !== 'delivered')) process.exitCode = EXIT.findings;
  });

function choose(
  held: readonly HeldDelivery[],
  names: readonly string[],
  { all, parked }: Options,
): HeldDelivery[] {
  if (names.length === 0 && !all && !parked) {
    throw new LabelrelayError('usage', 'expected names, --all or --parked: labelrelay held list');
  }
  const named = names.map((name) => pick(held, name));
  const rejected = named.find(({ state }) => state === 'rejected');
  if (rejected) {
    throw new LabelrelayError(
      'refused',
      `${rejected.key} is not authentic: no secret of its time verifies it`,
    );
  }
  const wanted = held.filter(
    ({ state }) => (all && state.startsWith('waits')) || (parked && state === 'parked'),
  );
  return [...new Set([...named, ...wanted])];
}
