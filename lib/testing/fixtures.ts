import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../platforms/platform';
import { isPlatform, type PlatformName, platforms } from '../platforms/platforms';

/** A delivery to send, before it is signed. */
export interface Unsigned {
  readonly name: string;
  readonly platform: PlatformName;
  /** The JSON as it was received. */
  readonly body: string;
  /** The name of the event, if the platform sends it in a header. */
  readonly event?: string;
}

/** infra/bundle.ts puts this folder beside the bundles. */
const FOLDER = join(__dirname, '../cli/fixtures');
const BODY = '.body.json';

/** Recorded or documented deliveries of every platform. */
export const fixtures = (): Unsigned[] =>
  readdirSync(FOLDER)
    .filter(isPlatform)
    .flatMap((platform) =>
      readdirSync(join(FOLDER, platform))
        .filter((file) => file.endsWith(BODY))
        .map((file) => readDelivery(join(FOLDER, platform, file), platform)),
    );

/** The fixtures without their bodies, each with the platform's own name of its event. */
export const listFixtures = () =>
  fixtures().map(({ platform, name, event, body }) => ({
    platform,
    name,
    event: event ?? platforms[platform].eventName(JSON.parse(body), {}),
    bytes: Buffer.byteLength(body),
  }));

/** @param path the path of the body; a file `<name>.headers.json` beside it may have the headers */
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
