import { readFileSync } from 'node:fs';

/** Reads a file of the benchmark, with the type that was written. */
export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));
