import { once } from 'node:events';
import { toJson } from './to-json';

/** Prints a line of the result to standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** A line of a long result. It waits for a slow reader, so that the lines do not pile up in memory. */
export async function printWaiting(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
}

/** Prints the result as JSON. */
export const printJson = (value: unknown): void => print(toJson(value));

/** Prints a message beside the result to standard error. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
