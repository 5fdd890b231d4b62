import { Option } from '@commander-js/extra-typings';
import { version } from '../package.json';
import { define } from './command/define';
import { help, rejectUnknown } from './command/help';
import { dlq } from './dlq/dlq';
import { doctor } from './doctor/doctor';
import { held } from './held/held';
import { inspect } from './inspect/inspect';
import { labels } from './labels/labels';
import { milestones } from './milestones/milestones';
import { reconcile } from './reconcile/reconcile';
import { replay } from './replay/replay';
import { secret } from './secret/secret';
import { send } from './send/send';
import { tail } from './tail/tail';
import { webhooks } from './webhooks/webhooks';

const { LABELRELAY_STAGE = 'dev', AWS_REGION, AWS_DEFAULT_REGION } = process.env;

const ENDING = `
Exit codes:
  0 done   1 failed   2 wrong arguments or configuration   3 done, but something needs attention
  4 not found   5 refused, or not confirmed   6 credentials rejected   130 Ctrl-C

Credentials of AWS and API keys come from the environment or from Secrets Manager, never from arguments.`;

/** The whole command line. */
export const program = define(
  'labelrelay',
  'Operates labelrelay: webhooks, secrets, queues, labels and held deliveries.',
  [
    ['labelrelay send v1-label-created-2023 --local', 'a signed delivery to `npm start`'],
    ['labelrelay send --help', 'the options of a command, with examples'],
  ],
)
  .version(version, '--version', 'Print the version')
  .addOption(
    new Option(
      '--stage <name>',
      'the stage of the stack labelrelay-<stage> (LABELRELAY_STAGE)',
    ).default(LABELRELAY_STAGE),
  )
  .addOption(
    new Option('--region <name>', 'the region of the deployment (AWS_REGION)').default(
      AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1',
    ),
  )
  .option('--local', 'work on `npm start` on this machine instead')
  .option('--json', 'print JSON')
  .helpCommand(false)
  .addHelpText('beforeAll', rejectUnknown)
  .addHelpText('after', ENDING);

for (const command of [
  doctor,
  webhooks,
  secret,
  send,
  tail,
  inspect,
  labels,
  milestones,
  dlq,
  held,
  reconcile,
  replay,
])
  program.addCommand(command);
program.addCommand(help(program), { hidden: true });
