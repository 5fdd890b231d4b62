import { baseUrlOf } from '../../lib/webhook-api/webhook-url';
import { define } from '../command/define';
import { EXIT } from '../command/exit-code';
import { givenPlace, globalsOf } from '../command/globals';
import { url } from '../command/parse';
import { findDeployment } from '../deployment/find-deployment';
import { colour } from '../terminal/colour';
import { plain } from '../terminal/plain';
import { print, printJson } from '../terminal/print';
import { examine } from './examine';
import type { Finding } from './finding';
import { paste } from './paste';

const COLOURS = { ok: 'green', skipped: 'dim', warning: 'yellow', problem: 'red' } as const;

/** `labelrelay doctor` */
export const doctor = define('doctor', 'Check a deployment end to end, and show fixes', [
  ['labelrelay doctor --stage prod', 'everything, with one signed probe'],
  ['labelrelay doctor --no-probe --json', 'nothing is sent: JSON, exit code 3 on a problem'],
])
  .option('--no-probe', 'send no delivery')
  .option('--url <url>', "another address than the stack's own (LABELRELAY_URL)", url)
  .action(async ({ probe, url: given }, command) => {
    const { json } = globalsOf(command);
    const deployment = await findDeployment(globalsOf(command));
    const baseUrl = baseUrlOf(given ?? deployment.sources[0]?.webhookUrl ?? '');
    const context = { deployment, baseUrl, paste: paste(deployment, givenPlace(command)) };
    const findings: Finding[] = [];
    for await (const finding of examine(context, probe)) {
      findings.push(finding);
      if (!json) tell(finding);
    }
    if (json) printJson(findings);
    if (findings.some(({ state }) => state === 'problem')) process.exitCode = EXIT.findings;
  });

function tell({ check, state, found, fix }: Finding): void {
  print(`${colour(COLOURS[state], state.padEnd(7))}  ${check}: ${plain(found)}`);
  if (fix) print(`         ${colour('bold', 'do:')} ${plain(fix)}`);
}
