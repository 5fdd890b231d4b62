import { readFileSync } from 'node:fs';

/** What is in a file that the benchmark wrote, of the type that it wrote. */
export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));
