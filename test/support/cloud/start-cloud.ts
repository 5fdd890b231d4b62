import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { TSX } from '../tsx';

/** How the cloud behaves from now on. */
export interface CloudOrder {
  /** Parts of objects are read and forgotten. */
  readonly discards?: boolean;
  /** Messages are counted and forgotten. */
  readonly forgetful?: boolean;
  readonly noSecrets?: boolean;
  readonly noQueues?: boolean;
  /** Forgets all objects and uploads, once. */
  readonly empties?: boolean;
}

export interface CloudReport {
  /** The messages since the last call. */
  readonly sent: { readonly queue: string; readonly body: string; readonly at: number }[];
  /** The sizes of objects by key. */
  readonly objects: Readonly<Record<string, number>>;
  /** The keys of uploads that are neither completed nor aborted. */
  readonly uploads: readonly string[];
}

export interface Cloud {
  readonly url: string;
  tell(order?: CloudOrder): Promise<CloudReport>;
  stop(): void;
}

/** S3 on disk, SQS and Secrets Manager, in a process of their own. */
export async function startCloud(): Promise<Cloud> {
  const child = fork(join(__dirname, 'cloud-process.ts'), { execArgv: TSX });
  const [port] = await once(child, 'message');
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (order: CloudOrder): Promise<CloudReport> => {
    const report = once(child, 'message');
    child.send(order);
    return (await report)[0];
  };
  return {
    url: `http://127.0.0.1:${port}`,
    tell(order = {}) {
      const report = last.then(() => ask(order));
      last = report;
      return report;
    },
    stop: () => child.disconnect(),
  };
}
