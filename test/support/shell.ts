import { spawn } from 'node:child_process';
import { once } from 'node:events';

const END = 'the-commands-are-done';

/** A shell that keeps variables from one command to the next. */
export class Shell {
  readonly #bash;
  #output = '';

  constructor(environment: NodeJS.ProcessEnv, cwd: string) {
    this.#bash = spawn('bash', ['-o', 'pipefail'], { cwd, env: environment });
    this.#bash.stdout.on('data', (chunk) => (this.#output += chunk));
    this.#bash.stderr.on('data', (chunk) => (this.#output += chunk));
  }

  /** @returns the output @throws unless every command succeeded */
  async run(commands: string): Promise<string> {
    this.#output = '';
    // Braces make bash read all commands first, so that no command consumes them as its input.
    this.#bash.stdin.write(
      `trap 'STATUS=$?' ERR; STATUS=0\n{\n${commands}\n} </dev/null\nprintf '\\n${END} %s\\n' $STATUS\n`,
    );
    for (;;) {
      const [, printed, status] =
        new RegExp(`^(.*)\\n${END} (\\d+)\\n`, 's').exec(this.#output) ?? [];
      if (printed === undefined) await once(this.#bash.stdout, 'data');
      else if (status === '0') return printed.trim();
      else throw new Error(`expected success, got ${status} of\n${commands}\n${printed}`);
    }
  }

  async close(): Promise<void> {
    const exited = once(this.#bash, 'exit');
    this.#bash.stdin.end();
    await exited;
  }
}
