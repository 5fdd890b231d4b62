import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { define, type Example } from './define';

/** Commands under one name. The name alone prints the help. */
export function group(
  name: string,
  does: string,
  commands: readonly CommandUnknownOpts[],
  examples: readonly Example[],
): CommandUnknownOpts {
  const parent: CommandUnknownOpts = define(name, does, examples);
  for (const command of commands) parent.addCommand(command);
  return parent;
}
