import { LabelrelayError } from '../../lib/errors';
import { putSecret } from '../aws/secret-versions';
import { commandFor } from '../command/command-for';
import { define } from '../command/define';
import { durationOption } from '../command/duration-option';
import { givenPlace, globalsOf } from '../command/globals';
import { catchInterruption } from '../command/interruption';
import { confirm } from '../terminal/confirm';
import { print, printJson } from '../terminal/print';
import { planRotation } from './plan-rotation';
import { revokeByHand } from './revoke-by-hand';
import { type Rotation, revoke, rotate as rotateInOrder } from './rotation';

/** `labelrelay secret rotate` */
export const rotate = define('rotate', 'Replace the secret of a source, here and at the platform', [
  ['labelrelay secret rotate labelbox --stage prod', 'without rejecting a delivery'],
  ['labelrelay secret rotate labelbox --resume --stage prod', 'finish one that stopped'],
  ['labelrelay secret rotate labelbox --revoke-now', 'if the secret has leaked'],
])
  .argument('<source>', 'such as labelbox')
  .option('--resume', 'finish a rotation that stopped, with the secret that it wrote')
  .option('--revoke-now', 'stop the old secret first; deliveries with it are rejected')
  .option('--url <url>', "the URL of the webhooks, if it is not the deployment's own")
  .option('--project <id>', 'the project of the webhooks, if the organization does not list them')
  .addOption(durationOption('--cache <duration>', 'how long functions remember a secret', '70s'))
  .addOption(
    durationOption('--first <duration>', 'how long to wait for a delivery with the new one', '1h'),
  )
  .addOption(durationOption('--idle <duration>', 'how long the old one must be unused', '10m'))
  .addOption(durationOption('--every <duration>', 'how often to check', '15s'))
  .addOption(durationOption('--timeout <duration>', 'how long to wait for an answer', '30s'))
  .option('-y, --yes', 'do not ask')
  .action(async (source, { resume, revokeNow, yes, ...asked }, command) => {
    if (resume && revokeNow)
      throw new LabelrelayError('usage', 'expected --resume or --revoke-now, got both');
    const globals = globalsOf(command);
    const mode = resume ? 'resume' : revokeNow ? 'revoke' : 'rotate';
    const place = givenPlace(command);
    if (revokeNow && (await revokeByHand(source, asked, { ...globals, place, yes }))) return;
    const rotation = await planRotation(source, mode, asked, { ...globals, place });
    const { name, secret, old, deployment } = rotation;

    const ids = old.map(({ id }) => id).join(', ') || 'none';
    const when = revokeNow ? 'at once, and with it' : 'and then';
    await confirm(`${name} will be replaced, ${when} the secret of these webhooks: ${ids}.`, yes);
    if (!revokeNow) catchInterruption();
    if (!resume) await putSecret(name, secret, deployment.config);
    const [work, state, option]: [(rotation: Rotation) => Promise<void>, string, string] = revokeNow
      ? [revoke, 'the old secret may still verify', '--revoke-now']
      : [rotateInOrder, 'both secrets verify', '--resume'];
    const { url, project } = asked;
    const goOn = commandFor(`secret rotate ${source} ${option}`, place, { url, project });
    await work(rotation).catch((cause) => {
      throw stopped(cause, state, goOn);
    });
    const replaced = [...old, ...rotation.renewed].map(({ id }) => id);
    if (globals.json) printJson({ secret: name, webhooks: replaced });
    else print(`${name} is replaced`);
  });

function stopped(cause: unknown, state: string, command: string): LabelrelayError {
  const code = cause instanceof LabelrelayError ? cause.code : 'unavailable';
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LabelrelayError(code, `${why}: ${state}. To continue:\n  ${command}`, { cause });
}
