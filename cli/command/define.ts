import { Command } from '@commander-js/extra-typings';

/** A command line, and what it does. */
export type Example = readonly [command: string, does: string];

/** A command, with the examples that its help ends with. */
export const define = (name: string, does: string, examples: readonly Example[]): Command =>
  new Command(name)
    .description(does)
    .helpOption('-h, --help', 'print this')
    .showHelpAfterError('(see --help)')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', exampleText(examples));

const exampleText = (examples: readonly Example[]): string =>
  ['\nExamples:', ...examples.flatMap(([command, does]) => [`  # ${does}`, `  $ ${command}`])].join(
    '\n',
  );
