import { Option } from '@commander-js/extra-typings';
import { duration } from './parse';

/** An option whose value is a duration. The command gets milliseconds. @param fallback such as `30s` */
export const durationOption = <Flags extends string>(
  flags: Flags,
  does: string,
  fallback: string,
) => new Option(flags, does).argParser(duration).default(duration(fallback), fallback);
