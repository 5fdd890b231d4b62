import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { StubOrder, StubReport } from './stub/stub-process';

export interface Stub {
  readonly url: string;
  /** Changes what is to change. @returns what came since the last time */
  tell(order: StubOrder): Promise<StubReport>;
  stop(): void;
}

/** @param script the stub as a file, which `node` runs with `execArgv` */
export async function startStub(
  script: string,
  node: string = process.execPath,
  execArgv: string[] = [],
): Promise<Stub> {
  const child = fork(script, { execPath: node, execArgv });
  const [port] = await once(child, 'message');
  return {
    // By this name the product does not know this machine: it takes its credentials from the
    // environment, as it does on Lambda.
    url: `http://0.0.0.0:${port}`,
    async tell(order) {
      const report = once(child, 'message');
      child.send(order);
      return (await report)[0];
    },
    stop: () => child.disconnect(),
  };
}
