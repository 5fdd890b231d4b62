// Without zod: the receive function would load it at every cold start, while a sender waits.

import { LabelrelayError } from '../errors';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables of an environment and collects every problem with them. */
export class EnvironmentReader {
  readonly #problems: string[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: string, fallback: string, format = /./s, expected = 'text'): string {
    const value = this.environment[name] || fallback;
    if (!format.test(value)) this.wrong(name, expected, value);
    return value;
  }

  integer(name: string, fallback: number, [least, most]: readonly [number, number]): number {
    const value = this.environment[name];
    if (!value) return fallback;
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    this.wrong(name, `a whole number from ${least} to ${most}`, value);
    return fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.environment[name];
    if (!value) return fallback;
    if (value !== 'true' && value !== 'false') this.wrong(name, 'true or false', value);
    return value === 'true';
  }

  /** @param came the value, which is shown: leave it out if it may be a secret */
  wrong(name: string, expected: string, came?: string): void {
    const got = came === undefined ? 'something else' : JSON.stringify(came);
    this.#problems.push(`${name}: expected ${expected}, got ${got}`);
  }

  /** @throws LabelrelayError `invalid-configuration` that names every problem */
  finish(): void {
    if (this.#problems.length > 0) {
      throw new LabelrelayError('invalid-configuration', this.#problems.join('\n'));
    }
  }
}
