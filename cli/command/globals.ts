/** The options that every command takes. */
export interface Globals {
  readonly stage: string;
  readonly region?: string;
  /** Whether it works on `npm start` of this machine. */
  readonly local?: boolean;
  readonly json?: boolean;
}

/** @param command what an action gets last */
export const globalsOf = (command: { optsWithGlobals(): unknown }): Globals =>
  command.optsWithGlobals() as Globals;

const PLACES = ['stage', 'region', 'local'] as const;

/**
 * Those that say which deployment, as they were given: what comes from the environment is there for the
 * next command too.
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
