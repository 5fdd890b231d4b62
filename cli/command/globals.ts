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
