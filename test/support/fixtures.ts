import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Fixture {
  readonly platform: string;
  readonly name: string;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
  /**
   * What must arrive, written by hand from the platform's documentation, without `id`; without
   * `time` where it is when it was received; `native` only where it is not the body itself.
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

/** Stands for what must not travel on. */
export const PLANTED = 'S3CRET';

/** Members of a body in which `PLANTED` stands wherever a platform is known to send a secret. */
export function secretsOf(platform: string): Record<string, unknown> {
  const path = join(ROOT, platform, 'secrets.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
