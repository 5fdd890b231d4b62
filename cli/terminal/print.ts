import { toJson } from './to-json';

/** Prints a line of the result to standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Prints the result as JSON. */
export const printJson = (value: unknown): void => print(toJson(value));

/** Prints a message beside the result to standard error. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
