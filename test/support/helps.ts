import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { loadProgram } from '../../cli/program';

/** The help of every command by its path, such as `dlq show`: what `--help` prints, without a process for each. */
export const helps = async (): Promise<Map<string, string>> => helpsOf(await loadProgram([]), '');

function helpsOf(command: CommandUnknownOpts, path: string): Map<string, string> {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  const below = command.commands.filter((each) => each.name() !== 'help');
  return new Map([
    [path, text],
    ...below.flatMap((each) => [...helpsOf(each, `${path} ${each.name()}`.trim())]),
  ]);
}
