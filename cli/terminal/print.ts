import { toJson } from './to-json';

/** A line of the result, on standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The result for a machine. */
export const printJson = (value: unknown): void => print(toJson(value));

/** What a person may want to know beside the result, on standard error. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
