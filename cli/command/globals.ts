/** The options of every command. */
export interface Globals {
  readonly stage: string;
  readonly region?: string;
  /** Whether the command works on `npm start` on this machine. */
  readonly local?: boolean;
  readonly json?: boolean;
}

/** @param command the last argument of an action */
export const globalsOf = (command: { optsWithGlobals(): unknown }): Globals =>
  command.optsWithGlobals() as Globals;

const PLACES = ['stage', 'region', 'local'] as const;

/**
 * The options on the command line that name the deployment. Values from the environment are left out, since the
 * next command reads them too.
 *
 * @returns ` --stage prod`, or nothing
 */
export function givenPlace(command: {
  optsWithGlobals(): unknown;
  getOptionValueSourceWithGlobals(name: string): string | undefined;
}): string {
  const globals = globalsOf(command);
  const given = PLACES.filter((name) => command.getOptionValueSourceWithGlobals(name) === 'cli');
  return given
    .map((name) => (name === 'local' ? ' --local' : ` --${name} ${globals[name]}`))
    .join('');
}
