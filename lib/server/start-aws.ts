import { fork } from 'node:child_process';
import { join } from 'node:path';
import { LabelrelayError } from '../errors';

type Report = { readonly url: string } | { readonly error: string };

/** SQS and S3 for a laptop. */
interface EmbeddedAws {
  readonly endpoint: string;
  stop(): void;
}

/**
 * Starts SQS and S3 in memory, in a process of their own that ends with this one.
 *
 * @param port 0 picks a free one
 * @throws LabelrelayError `unavailable` when they do not start, as on a port that is taken
 */
export async function startAws(port: number): Promise<EmbeddedAws> {
  const child = fork(join(__dirname, 'aws-process.mts'), [String(port)], {
    execArgv: ['--import', 'tsx'],
  });
  const report = await new Promise<Report>((resolve) => {
    child.once('message', (message) => resolve(message as Report));
    child.once('exit', (code) => resolve({ error: `exit code ${code}` }));
  });
  if ('error' in report) {
    child.kill();
    throw new LabelrelayError(
      'unavailable',
      `expected SQS and S3 to start on AWS_PORT ${port}, got ${report.error}`,
    );
  }
  return { endpoint: report.url, stop: () => child.disconnect() };
}
