import { Option } from '@commander-js/extra-typings';
import { duration } from './parse';

/** An option that is a duration, in milliseconds to the command. @param fallback such as `30s` */
export const durationOption = <Flags extends string>(
  flags: Flags,
  does: string,
  fallback: string,
) => new Option(flags, does).argParser(duration).default(duration(fallback), fallback);
