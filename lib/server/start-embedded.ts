import { fork } from 'node:child_process';
import { join } from 'node:path';
import { LabelrelayError } from '../errors';

type Report = { readonly url: string } | { readonly error: string };

/** The path is the same from the source and from the bundle. A bundle starts in half of the time. */
const BUNDLES = join(__dirname, '../../dist/start');

/** A local stand-in for an AWS service. */
export interface Embedded {
  readonly endpoint: string;
  stop(): void;
}

/** SQS and S3 in memory. @throws LabelrelayError `unavailable` */
export const startAws = (port: number): Promise<Embedded> =>
  start('aws-process.js', port, `SQS and S3 to start on AWS_PORT ${port}`);

/** DynamoDB in memory. @throws LabelrelayError `unavailable` */
export const startDynamoDb = (port: number): Promise<Embedded> =>
  start('dynamodb-process.js', port, `DynamoDB to start on DYNAMODB_PORT ${port}`);

/**
 * Starts a service in a process of its own that ends with this one.
 *
 * @param port 0 picks a free port
 * @param expected the first half of the error message if the service does not start, for example because the
 *   port is in use
 */
async function start(script: string, port: number, expected: string): Promise<Embedded> {
  const child = fork(join(BUNDLES, script), [String(port)], { execArgv: [] });
  const report = await new Promise<Report>((resolve) => {
    child.once('message', (message) => resolve(message as Report));
    child.once('exit', (code) => resolve({ error: `exit code ${code}` }));
  });
  if ('error' in report) {
    child.kill();
    throw new LabelrelayError('unavailable', `expected ${expected}, got ${report.error}`);
  }
  return { endpoint: report.url, stop: () => child.disconnect() };
}
