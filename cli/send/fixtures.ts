import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../../lib/platforms/platform';
import { isPlatform, type PlatformName, platforms } from '../../lib/platforms/platforms';

/** A delivery to send, before it is signed. */
export interface Unsigned {
  readonly name: string;
  readonly platform: PlatformName;
  /** JSON, as it came. */
  readonly body: string;
  /** The event's name, where the platform says it in a header. */
  readonly event?: string;
}

/** Beside the bundle, where infra/bundle.ts puts it. */
const FOLDER = join(__dirname, 'fixtures');
const BODY = '.body.json';

/** Deliveries of every platform, as they were recorded or documented. */
export const fixtures = (): Unsigned[] =>
  readdirSync(FOLDER)
    .filter(isPlatform)
    .flatMap((platform) =>
      readdirSync(join(FOLDER, platform))
        .filter((file) => file.endsWith(BODY))
        .map((file) => readDelivery(join(FOLDER, platform, file), platform)),
    );

/** @param path of a body; its headers are beside it, as `<name>.headers.json`, or nowhere */
export function readDelivery(path: string, platform: PlatformName): Unsigned {
  const headersPath = path.replace(/\.body\.json$/, '.headers.json');
  const { headers = {} } =
    headersPath !== path && existsSync(headersPath)
      ? (JSON.parse(readFileSync(headersPath, 'utf8')) as { headers?: Record<string, string> })
      : {};
  const name = (path.split('/').pop() ?? path).replace(/(\.body)?\.json$/, '');
  const { eventHeader }: Platform = platforms[platform];
  const [, event] =
    Object.entries(headers).find(([header]) => header.toLowerCase() === eventHeader) ?? [];
  return { name, platform, body: readFileSync(path, 'utf8'), event };
}
