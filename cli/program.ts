import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { version } from '../package.json';
import { define } from './command/define';
import { help, rejectUnknown } from './command/help';

/** The commands in the order of the help. Each is loaded when it is needed, since to load all takes time. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandUnknownOpts>>> = {
  doctor: async () => (await import('./doctor/doctor')).doctor,
  webhooks: async () => (await import('./webhooks/webhooks')).webhooks,
  secret: async () => (await import('./secret/secret')).secret,
  send: async () => (await import('./send/send')).send,
  tail: async () => (await import('./tail/tail')).tail,
  inspect: async () => (await import('./inspect/inspect')).inspect,
  labels: async () => (await import('./labels/labels')).labels,
  milestones: async () => (await import('./milestones/milestones')).milestones,
  dlq: async () => (await import('./dlq/dlq')).dlq,
  held: async () => (await import('./held/held')).held,
  reconcile: async () => (await import('./reconcile/reconcile')).reconcile,
  replay: async () => (await import('./replay/replay')).replay,
};

const { LABELRELAY_STAGE = 'dev', AWS_REGION, AWS_DEFAULT_REGION } = process.env;

const ENDING = `
Exit codes:
  0 done   1 failed   2 wrong arguments or configuration   3 done, but something needs attention
  4 not found   5 refused, or not confirmed   6 credentials rejected   130 Ctrl-C

Credentials of AWS and API keys come from the environment or from Secrets Manager, never from arguments.`;

/**
 * The command line: with the one command that the arguments name, or with all of them for help and mistakes.
 *
 * @param args the arguments, such as `['--stage', 'prod', 'dlq', 'list']`
 */
export async function loadProgram(args: readonly string[]): Promise<CommandUnknownOpts> {
  const program = define(
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
    .exitOverride()
    .addHelpText('beforeAll', rejectUnknown)
    .addHelpText('after', ENDING);
  const [name = ''] = program.parseOptions([...args]).operands;
  const named = COMMANDS[name];
  for (const load of named ? [named] : Object.values(COMMANDS)) program.addCommand(await load());
  return program.addCommand(help(program), { hidden: true });
}
