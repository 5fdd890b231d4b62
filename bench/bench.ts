import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_OPTIONS } from '../infra/build-options';
import { buildSides } from './build-sides';
import { findNode } from './find-node';
import { type Stub, startStub } from './start-stub';

const ROOT = join(__dirname, '..');

/** The receive function as it is packaged. */
export const PRODUCT = join(ROOT, 'dist/receive/index.js');

/** The environment of all measurements. */
export interface Bench {
  readonly isShort: boolean;
  /** The Node.js that every side runs on. */
  readonly node: string;
  /** The environment variables of every side, as on Lambda. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stub: Stub;
  /** @returns the path of a side's bundle, or of another file of the run */
  readonly path: (name: string) => string;
  stop(): void;
}

export async function startBench(isShort: boolean): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-bench-'));
  const path = (name: string): string => join(folder, name);
  buildSides(folder);
  const node = findNode();
  const stub = await startStub(path('stub-process.js'), node);
  return {
    isShort,
    node,
    environment: environmentOf(stub.url, folder),
    stub,
    path,
    stop() {
      stub.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const environmentOf = (url: string, home: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  NODE_OPTIONS,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  // As long as the token on Lambda.
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2Vj'.repeat(60),
  AWS_ENDPOINT_URL: url,
  LABELRELAY_QUEUE_URL_BASE: `${url}/000000000000/`,
  // For the delivery whose memory is measured.
  LABELRELAY_MAX_BODY_BYTES: '5242880',
});
