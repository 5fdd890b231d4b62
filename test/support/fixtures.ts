import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Fixture {
  readonly name: string;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
  /** What must arrive, written by hand from the platform's documentation: no `id`, no `native`. */
  readonly events: readonly { readonly queue: string; readonly event: object }[];
}

/** Deliveries of a platform as exact bytes and headers, with the events they must become. */
export function fixtures(platform: string): Fixture[] {
  const folder = join(__dirname, '../fixtures', platform);
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.body.json'))
    .map((file) => {
      const name = file.slice(0, -'.body.json'.length);
      return {
        name,
        body: readFileSync(join(folder, file)),
        headers: json(`${name}.headers.json`).headers,
        events: json(`${name}.events.json`),
      };
    });
}
