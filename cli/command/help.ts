import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';

/**
 * Before any help: rejects a command that does not exist. Commander prints the help of `labelrelay` for
 * `labelrelay secrets --help`, as if it were that command's.
 */
export function rejectUnknown({ error, command }: { error: boolean; command: CommandUnknownOpts }) {
  const [name = ''] = command.args;
  const names = command.commands.map((each) => each.name());
  if (error || names.length === 0 || /^$|^-|^help$/.test(name) || names.includes(name)) return '';
  return command.error(`error: unknown command '${name}'`);
}

/** `labelrelay help dlq show`: commander itself only supports one name after `help`. */
export const help = (program: CommandUnknownOpts): CommandUnknownOpts =>
  new Command('help').argument('[command...]').action((path) => {
    let found = program;
    for (const name of path) {
      const next = found.commands.find((each) => each.name() === name);
      if (!next) found.error(`error: unknown command '${name}'`);
      else found = next;
    }
    found.help();
  });
