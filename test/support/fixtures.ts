import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Fixture {
  readonly platform: string;
  readonly name: string;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
  /**
   * The expected events, written by hand from the platform's documentation. They have no `id`, no `time` if it is
   * the time of receipt, and `native` only if it is not the body itself.
   */
  readonly events: readonly { readonly queue: string; readonly event: object; native?: unknown }[];
}

const ROOT = join(__dirname, '../fixtures');

/** Deliveries of every platform as exact bytes and headers, with the events they must become. */
export const fixtures = (): Fixture[] => readdirSync(ROOT).flatMap(fixturesOf);

function fixturesOf(platform: string): Fixture[] {
  const folder = join(ROOT, platform);
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.body.json'))
    .map((file) => {
      const name = file.slice(0, -'.body.json'.length);
      return {
        platform,
        name,
        body: readFileSync(join(folder, file)),
        headers: json(`${name}.headers.json`).headers,
        events: json(`${name}.events.json`),
      };
    });
}

/** Stands for a secret that must not be passed on. */
export const PLANTED = 'S3CRET';

/** Members of a body with `PLANTED` in every place where the platform is known to send a secret. */
export function secretsOf(platform: string): Record<string, unknown> {
  const path = join(ROOT, platform, 'secrets.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
