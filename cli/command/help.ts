import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';

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
