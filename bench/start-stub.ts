import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { StubOrder, StubReport } from './stub/stub-process';

export interface Stub {
  readonly url: string;
  /** Changes the behavior of the stub. @returns the calls since the last order */
  tell(order: StubOrder): Promise<StubReport>;
  stop(): void;
}

/** @param script the path of the stub, which `node` runs with `execArgv` */
export async function startStub(
  script: string,
  node: string = process.execPath,
  execArgv: string[] = [],
): Promise<Stub> {
  const child = fork(script, { execPath: node, execArgv });
  const [port] = await once(child, 'message');
  return {
    // The product does not recognize this address as local, so it reads credentials from the environment, as on
    // Lambda.
    url: `http://0.0.0.0:${port}`,
    async tell(order) {
      const report = once(child, 'message');
      child.send(order);
      return (await report)[0];
    },
    stop: () => child.disconnect(),
  };
}
